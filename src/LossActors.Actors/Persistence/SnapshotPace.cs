namespace LossActors.Actors.Persistence;

/// <summary>When a journaled actor takes a snapshot, and which ones it keeps: one every so many events, the last two.</summary>
/// <param name="every">Events between snapshots; 0: none is ever taken.</param>
internal sealed class SnapshotPace(int every)
{
    private long _saved;
    private long _asked;

    /// <summary>Whether it is time for a snapshot, with so many events in the journal; true once only until it is time again, whether saving succeeds or not.</summary>
    public bool IsDue(long sequenceNr)
    {
        if (every <= 0 || sequenceNr - _asked < every)
        {
            return false;
        }

        _asked = sequenceNr;
        return true;
    }

    /// <summary>Recovery began with a snapshot.</summary>
    public void Found(long sequenceNr) => _saved = _asked = sequenceNr;

    /// <summary>A snapshot is safe.</summary>
    /// <returns>Those up to this number are not needed any more: of the two that stay, one is there should the other turn out to be unreadable.</returns>
    public long Saved(long sequenceNr)
    {
        var before = _saved;
        _saved = sequenceNr;
        return before - 1;
    }
}
