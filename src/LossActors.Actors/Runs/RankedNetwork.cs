using System.Collections.Immutable;
using LossActors.Evolution.Candidates;

namespace LossActors.Actors.Runs;

/// <summary>A neural loss's place in a run's final hall of fame; its weights are in the journal already, with what came of its training.</summary>
/// <param name="Rank">From 1.</param>
/// <param name="Candidate">Which.</param>
/// <param name="Replicates">Its fitness on the fresh replicates, in their order; empty where a re-measurement diverged or failed.</param>
public sealed record RankedNetwork(int Rank, CandidateId Candidate, ImmutableArray<double> Replicates)
{
    /// <summary>The mean over the fresh replicates, which decides the rank; +∞ without any.</summary>
    public double Fitness => Replicates.IsDefaultOrEmpty ? double.PositiveInfinity : Replicates.Average();
}
