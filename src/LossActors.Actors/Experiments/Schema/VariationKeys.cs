using System.Collections.Immutable;
using LossActors.Evolution.Candidates;

namespace LossActors.Actors.Experiments.Schema;

/// <summary><c>search.variation { … }</c>: a relative weight for each operator.</summary>
internal static class VariationKeys
{
    public static ImmutableArray<ExperimentKey> All { get; } =
    [
        Key(Origin.Crossover, "two parents exchange subtrees"),
        Key(Origin.Subtree, "a subtree is replaced by a random one"),
        Key(Origin.Point, "one primitive becomes another of the same arity"),
        Key(Origin.Hoist, "a subtree takes an ancestor's place"),
        Key(Origin.Insert, "a function is put above a subtree"),
        Key(Origin.Delete, "a function is taken away, one argument kept"),
        Key(Origin.Rotate, "a node and its child change places"),
        Key(Origin.Coefficient, "coefficients are perturbed"),
        Key(Origin.Reproduction, "a parent is copied into the next generation, sharing its fitness"),
    ];

    private static ExperimentKey Key(Origin origin, string doc) =>
        SearchKeys.Island(
            $"variation.{origin.ToString().ToLowerInvariant()}",
            new RealNumber(0, 1000),
            $"Relative weight of the operator by which {doc}.",
            i => i.Variation.GetValueOrDefault(origin),
            (i, v) => i with { Variation = i.Variation.SetItem(origin, (double)v!) });
}
