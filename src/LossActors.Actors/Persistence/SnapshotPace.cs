namespace LossActors.Actors.Persistence;

/// <summary>
/// When a journaled actor takes a snapshot, and which ones it keeps. One is due when the events since the last one are a fixed part of what it would hold: then a
/// snapshot costs each event the same however long the run, and so does the replay of what came after it. The last two are kept.
/// </summary>
/// <param name="every">At least so many events between snapshots; 0: none is ever taken.</param>
internal sealed class SnapshotPace(int every)
{
    // Of a run's candidates, each of which makes about four events, a sixteenth is replayed at most.
    private const int EntriesPerEvent = 4;

    private long _saved;
    private long _events;

    /// <summary>So many events have been journaled, or replayed, since the last snapshot.</summary>
    public void Add(int events) => _events += events;

    /// <summary>Whether it is time for a snapshot that holds so many entries; true once only until it is time again, whether saving succeeds or not.</summary>
    public bool IsDue(long entries)
    {
        if (every <= 0 || _events < Math.Max(every, entries / EntriesPerEvent))
        {
            return false;
        }

        _events = 0;
        return true;
    }

    /// <summary>Recovery began with a snapshot.</summary>
    public void Found(long sequenceNr) => (_saved, _events) = (sequenceNr, 0);

    /// <summary>A snapshot is safe.</summary>
    /// <returns>Those up to this number are not needed any more: of the two that stay, one is there should the other turn out to be unreadable.</returns>
    public long Saved(long sequenceNr)
    {
        var before = _saved;
        _saved = sequenceNr;
        return before - 1;
    }
}
