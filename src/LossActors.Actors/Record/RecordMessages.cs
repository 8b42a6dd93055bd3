namespace LossActors.Actors.Record;

/// <summary>What is said to the projection.</summary>
internal static class RecordMessages
{
    /// <summary>A journal has grown to a sequence number.</summary>
    public sealed record Advanced(string PersistenceId, long SequenceNr);

    /// <summary>Asks for <see cref="CaughtUp"/> once everything hinted at so far is in the record.</summary>
    /// <param name="Until">What the asker waits with; comes back in the answer.</param>
    public sealed record CatchUp(object Until);

    /// <summary>The record has caught up.</summary>
    public sealed record CaughtUp(object Until);
}
