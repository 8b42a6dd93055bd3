namespace LossActors.Actors.Migration;

/// <summary>What was copied of a run.</summary>
/// <param name="Run">The run.</param>
/// <param name="JournalRows">Rows of its journals.</param>
/// <param name="Snapshots">Snapshots of its actors.</param>
/// <param name="RecordRows">Rows of the record's tables.</param>
public sealed record MigrationReport(string Run, long JournalRows, long Snapshots, long RecordRows);
