using System.Collections.Immutable;
using LossActors.Evolution.Candidates;

namespace LossActors.Actors.Runs;

/// <summary>A place in a run's final hall of fame.</summary>
/// <param name="Rank">From 1.</param>
/// <param name="Individual">The loss, with the fitness that the search gave it.</param>
/// <param name="Replicates">Its fitness on the fresh replicates, in their order; empty where a re-measurement diverged or failed.</param>
public sealed record RankedLoss(int Rank, Individual Individual, ImmutableArray<double> Replicates)
{
    /// <summary>The mean over the fresh replicates, which decides the rank; +∞ without any.</summary>
    public double Fitness => Replicates.IsDefaultOrEmpty ? double.PositiveInfinity : Replicates.Average();
}
