using System.Collections.Immutable;
using LossActors.Evolution.Racing;

namespace LossActors.Actors.Experiments.Schema;

/// <summary><c>racing { … }</c>.</summary>
internal static class RacingKeys
{
    public static ImmutableArray<ExperimentKey> All { get; } =
    [
        Key("enabled", new TruthValue(),
            "Stop candidates whose learning curve is hopeless.",
            r => r.Enabled, (r, v) => r with { Enabled = (bool)v! }),
        Key("reduction-factor", new WholeNumber(2, 10),
            "One in so many goes on at each rung, and the next rung lies at so many times the steps.",
            r => r.ReductionFactor, (r, v) => r with { ReductionFactor = (int)v! }),
        Key("rungs", new WholeNumber(0, 6),
            "Rungs within a candidate's first training; one more lies at its end, before other replicates.",
            r => r.Rungs, (r, v) => r with { Rungs = (int)v! }),
        Key("warm-up", new WholeNumber(1, 1_000_000),
            "Candidates that an island must know at a rung before it stops one there.",
            r => r.WarmUp, (r, v) => r with { WarmUp = (int)v! }),
        Key("spared", new RealNumber(0, 1),
            "Share of candidates, drawn at random, that no rung stops.",
            r => r.Spared, (r, v) => r with { Spared = (double)v! }),
    ];

    private static ExperimentKey Key(string name, KeyType type, string doc, Func<RacingSettings, object?> get, Func<RacingSettings, object?, RacingSettings> set) => new(
        $"racing.{name}",
        type,
        doc,
        e => get(e.Search.Island.Racing),
        (e, v) => e with { Search = e.Search with { Island = e.Search.Island with { Racing = set(e.Search.Island.Racing, v) } } });
}
