namespace LossActors.Actors.Record;

/// <summary>Something of a journal that has come into the record.</summary>
/// <param name="Journal">Of which journal.</param>
/// <param name="Event">What happened: an event of the run, or a journaled event of an island.</param>
/// <param name="Candidate">Where it is a verdict: the candidate as recorded.</param>
internal sealed record Recorded(string Journal, object Event, CandidateRow? Candidate);
