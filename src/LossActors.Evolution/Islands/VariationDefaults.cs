using System.Collections.Immutable;
using LossActors.Evolution.Candidates;

namespace LossActors.Evolution.Islands;

/// <summary>The relative weights of the variation operators when an experiment names none.</summary>
public static class VariationDefaults
{
    /// <summary>By operator.</summary>
    public static ImmutableSortedDictionary<Origin, double> Weights { get; } = new Dictionary<Origin, double>
    {
        [Origin.Crossover] = 0.35,
        [Origin.Subtree] = 0.15,
        [Origin.Point] = 0.15,
        [Origin.Hoist] = 0.05,
        [Origin.Insert] = 0.10,
        [Origin.Delete] = 0.05,
        [Origin.Rotate] = 0.05,
        [Origin.Coefficient] = 0.10,
    }.ToImmutableSortedDictionary();
}
