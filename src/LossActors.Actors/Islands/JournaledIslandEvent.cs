using LossActors.Actors.Persistence;
using LossActors.Evolution.Islands;

namespace LossActors.Actors.Islands;

/// <summary>An island's event as the journal keeps it: the aggregate's own event, and what only the shell around it knows.</summary>
/// <param name="At">When it was decided; for the record only, the aggregate never sees a clock.</param>
/// <param name="Worker">For a finding: which slot found it.</param>
/// <param name="Event">What happened.</param>
public sealed record JournaledIslandEvent(DateTimeOffset At, string? Worker, IslandEvent Event) : IJournaled;
