namespace LossActors.Actors.Persistence;

/// <summary>Said on the event stream when a journaled actor has its state again.</summary>
/// <param name="PersistenceId">Whose.</param>
/// <param name="Snapshot">The number of the last event in the snapshot that it began with; 0: it began with none.</param>
/// <param name="Replayed">How many events were applied after that.</param>
internal sealed record JournalRecovered(string PersistenceId, long Snapshot, long Replayed);
