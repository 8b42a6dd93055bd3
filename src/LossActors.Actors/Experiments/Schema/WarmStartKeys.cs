using System.Collections.Immutable;
using LossActors.Expressions.Known;

namespace LossActors.Actors.Experiments.Schema;

/// <summary><c>search.warm-start { … }</c>.</summary>
internal static class WarmStartKeys
{
    private const int Most = 100_000;

    public static ImmutableArray<ExperimentKey> All { get; } =
    [
        Key("losses", new ListOf<string>(new Choice<string>([.. KnownLosses.All.Select(l => (l.Name, l.Name))]), 0, KnownLosses.All.Length),
            "Known losses to try first (`lossactors losses` lists them), in the form for the (first) task; those that do not apply to it are left out.",
            w => w.Losses, (w, v) => w with { Losses = (ImmutableArray<string>)v! }),
        Key("expressions", new ListOf<string>(new Words("an expression such as \"y * log(f)\"", t => t.Length is > 0 and <= 1_000_000), 0, Most),
            "Expressions to try first.",
            w => w.Expressions, (w, v) => w with { Expressions = (ImmutableArray<string>)v! }),
        Key("file", new Unless(new Words("the path of a file", t => t.Length is > 0 and <= 4000)),
            "A file with expressions to try first, one per line. Relative to the experiment's file.",
            w => w.File, (w, v) => w with { File = (string?)v }),
        Key("runs", new ListOf<string>(new Words("a run or RUN#rank", t => t.Length is > 0 and <= 200), 0, 1000),
            "Runs of the same data folder, whose halls of fame are tried first, or one place of them: \"RUN#3\".",
            w => w.Runs, (w, v) => w with { Runs = (ImmutableArray<string>)v! }),
        Key("distribution", new Choice<WarmStartDistribution>(("deal", WarmStartDistribution.Deal), ("everywhere", WarmStartDistribution.Everywhere)),
            "deal: each warm start to one island, in turn; everywhere: each to all.",
            w => w.Distribution, (w, v) => w with { Distribution = (WarmStartDistribution)v! }),
    ];

    private static ExperimentKey Key(string name, KeyType type, string doc, Func<WarmStartSettings, object?> get, Func<WarmStartSettings, object?, WarmStartSettings> set) => new(
        $"search.warm-start.{name}", type, doc, e => get(e.Search.WarmStart), (e, v) => e with { Search = e.Search with { WarmStart = set(e.Search.WarmStart, v) } });
}
