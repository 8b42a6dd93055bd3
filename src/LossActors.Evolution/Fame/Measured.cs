using System.Collections.Immutable;
using LossActors.Evolution.Candidates;

namespace LossActors.Evolution.Fame;

/// <summary>A finalist with all its measurements: those of the search and fresh ones, since the best of many noisy fitnesses is too good.</summary>
/// <param name="Individual">Who.</param>
/// <param name="Replicates">The fitness of each replicate; NaN or infinity where training failed.</param>
public sealed record Measured(Individual Individual, ImmutableArray<double> Replicates)
{
    /// <summary>The mean over all replicates; +∞ where one failed or there is none.</summary>
    public double Mean => !Replicates.IsDefaultOrEmpty && Replicates.All(double.IsFinite) ? Replicates.Average() : double.PositiveInfinity;
}
