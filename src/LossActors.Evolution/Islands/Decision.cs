using System.Collections.Immutable;

namespace LossActors.Evolution.Islands;

/// <summary>What follows from a command or a state.</summary>
/// <param name="Events">What happened, in order; empty if nothing did.</param>
/// <param name="After">The state with all of it applied, the same that a replay gives.</param>
public readonly record struct Decision(ImmutableArray<IslandEvent> Events, IslandState After);
