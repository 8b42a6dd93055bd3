using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;

namespace LossActors.Evolution.Islands;

/// <summary>The island as a pure aggregate: commands give events, events give the next state.</summary>
public static class Island
{
    /// <summary>The state before the first event.</summary>
    public static IslandState Initial(IslandSettings settings) => throw new NotImplementedException();

    /// <summary>What follows from a command. Empty if the command has no effect (late, repeated, not asked for).</summary>
    public static ImmutableArray<IslandEvent> Decide(IslandState state, IslandCommand command) => throw new NotImplementedException();

    /// <summary>The state after an event. Total: never refuses an event.</summary>
    public static IslandState Apply(IslandState state, IslandEvent happened) => throw new NotImplementedException();

    /// <summary>What evaluators owe this island now. Offered again to the broker after a restart.</summary>
    public static ImmutableArray<Assignment> Outstanding(IslandState state) => throw new NotImplementedException();

    /// <summary>The next grant this island needs, by number; null while it has births left or knows that the budget is spent.</summary>
    public static int? GrantNeeded(IslandState state) => throw new NotImplementedException();

    /// <summary>Emigrants this island wants to pull now: epoch and neighbour.</summary>
    public static ImmutableArray<(int Epoch, int From)> PullsNeeded(IslandState state) => throw new NotImplementedException();

    /// <summary>What a neighbour gets that pulls for an epoch: in strict mode null until this island has reached that epoch, else the latest.</summary>
    public static ImmutableArray<Individual>? Emigrants(IslandState state, int epoch) => throw new NotImplementedException();
}
