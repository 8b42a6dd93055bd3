using LossActors.Actors.Protocol;

namespace LossActors.Actors.Broker;

/// <summary>The slots in the book, and those that are dead: a message from the grave must not bring one back.</summary>
/// <remarks>Those that are free are kept in order: who looks for one does not look at all, of which there may be ten thousand.</remarks>
internal sealed class SlotRoster
{
    private readonly SortedSet<SlotEntry> _free = new(Comparer<SlotEntry>.Create((a, b) => a.Number.CompareTo(b.Number)));
    private readonly SortedSet<SlotEntry> _freeByLastSeen = new(Comparer<SlotEntry>.Create((a, b) => (a.LastSeen, a.Number).CompareTo((b.LastSeen, b.Number))));
    private long _entered;

    private readonly Dictionary<string, SlotEntry> _slots = new(StringComparer.Ordinal);
    private readonly HashSet<(string Slot, long Incarnation)> _buried = [];

    /// <summary>The living ones.</summary>
    public IReadOnlyCollection<SlotEntry> All => _slots.Values;

    /// <summary>The slot as known, or entered now; null for one that is dead or of an earlier life.</summary>
    /// <param name="info">Who speaks.</param>
    /// <param name="now">The time.</param>
    /// <param name="dead">Told of a slot whose death a newer life proves; takes it out of the roster.</param>
    public SlotEntry? Recognise(SlotInfo info, TimeSpan now, Action<SlotEntry> dead)
    {
        if (_buried.Contains((info.Name, info.Incarnation)))
        {
            return null;
        }

        if (_slots.TryGetValue(info.Name, out var slot))
        {
            if (info.Incarnation <= slot.Info.Incarnation)
            {
                return info.Incarnation == slot.Info.Incarnation ? slot : null;
            }

            dead(slot);
        }

        return _slots[info.Name] = new SlotEntry(info, ++_entered, this) { LastSeen = now };
    }

    /// <summary>How many may be given work.</summary>
    /// <param name="now">The time.</param>
    /// <param name="lease">Who has been silent for longer than that may not.</param>
    /// <param name="first">The one of them that was entered first.</param>
    public int Usable(TimeSpan now, TimeSpan lease, out SlotEntry? first)
    {
        while (_freeByLastSeen.Min is { } slot && slot.IsSilent(now, lease))
        {
            // It is considered again when it is heard of.
            Leave(slot);
        }

        first = _free.Min;
        return _free.Count;
    }

    /// <summary>What makes a slot free is about to change.</summary>
    public void Leave(SlotEntry slot)
    {
        if (_free.Count > 0 && _free.Remove(slot))
        {
            _freeByLastSeen.Remove(slot);
        }
    }

    /// <summary>What makes a slot free has changed.</summary>
    public void Consider(SlotEntry slot)
    {
        if (slot.IsFree)
        {
            _free.Add(slot);
            _freeByLastSeen.Add(slot);
        }
    }

    /// <summary>It is dead.</summary>
    public void Bury(SlotEntry slot)
    {
        slot.IsDead = true;
        _slots.Remove(slot.Info.Name);
        _buried.Add((slot.Info.Name, slot.Info.Incarnation));
    }
}
