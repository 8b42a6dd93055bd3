using LossActors.Actors.Protocol;

namespace LossActors.Actors.Broker;

/// <summary>The slots in the book, and those that are dead: a message from the grave must not bring one back.</summary>
internal sealed class SlotRoster
{
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

        return _slots[info.Name] = new SlotEntry(info) { LastSeen = now };
    }

    /// <summary>It is dead.</summary>
    public void Bury(SlotEntry slot)
    {
        _slots.Remove(slot.Info.Name);
        _buried.Add((slot.Info.Name, slot.Info.Incarnation));
    }
}
