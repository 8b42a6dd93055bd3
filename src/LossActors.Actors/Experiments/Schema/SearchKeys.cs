using System.Collections.Immutable;
using LossActors.Evolution.Islands;
using LossActors.Expressions;

namespace LossActors.Actors.Experiments.Schema;

/// <summary><c>search { … }</c>.</summary>
internal static class SearchKeys
{
    public static ImmutableArray<ExperimentKey> All { get; } =
    [
        Search("method", new Choice<SearchMethod>(("evolution", SearchMethod.Evolution), ("ml3", SearchMethod.Ml3), ("baseline", SearchMethod.Baseline)),
            "Islands of expressions evolve; or neural losses are trained from random weights by meta-gradients (ML3), with what refinement { … } says; or only the task loss is measured.",
            s => s.Method, (s, v) => s with { Method = (SearchMethod)v! }),
        Search("islands", new WholeNumber(1, 1024),
            "How many islands evolve side by side.",
            s => s.Islands, (s, v) => s with { Islands = (int)v! }),
        Search("evaluations", new WholeNumber(1, 1_000_000_000),
            "The budget: candidates with a recorded verdict, over all islands; ml3: how many neural losses are trained.",
            s => s.Evaluations, (s, v) => s with { Evaluations = (int)v! }),
        Search("time", new Unless(new Duration()),
            "Limit on the time at work, over all of a run's lives; unset: none. Refused in strict mode.",
            s => s.Time, (s, v) => s with { Time = (TimeSpan?)v }),
        Island("seed", new Seed(),
            "Seeds the search.",
            i => i.Seed, (i, v) => i with { Seed = (ulong)v! }),
        Island("strict", new TruthValue(),
            "The same seed gives the same hall of fame bit for bit, whatever the number of evaluators, crashes and resumes.",
            i => i.Strict, (i, v) => i with { Strict = (bool)v! }),
        Island("schedule", new Choice<Schedule>(("steady-state", Schedule.SteadyState), ("generational", Schedule.Generational)),
            "Offspring one by one as slots come free, or a whole generation at once as in the paper.",
            i => i.Schedule, (i, v) => i with { Schedule = (Schedule)v! }),
        Island("population", new WholeNumber(2, 100_000),
            "Individuals kept per island.",
            i => i.Population, (i, v) => i with { Population = (int)v! }),
        Island("initial-population", new WholeNumber(0, 1_000_000),
            "Steady state: random trees trained, at least to a rung, before an island varies the best of them; 0: its first births, as many as population, whether gates stop them or not.",
            i => i.InitialPopulation, (i, v) => i with { InitialPopulation = (int)v! }),
        Island("window", new WholeNumber(1, 10_000),
            "Candidates in flight per island.",
            i => i.Window, (i, v) => i with { Window = (int)v! }),
        Island("tournament", new WholeNumber(1, 100_000),
            "Individuals per tournament.",
            i => i.TournamentSize, (i, v) => i with { TournamentSize = (int)v! }),
        Island("elites", new WholeNumber(0, 100_000),
            "The best so many are never removed by age.",
            i => i.Elites, (i, v) => i with { Elites = (int)v! }),
        Island("min-initial-height", new WholeNumber(1, 20),
            "Least height of initial trees.",
            i => i.MinInitialHeight, (i, v) => i with { MinInitialHeight = (int)v! }),
        Island("max-initial-height", new WholeNumber(1, 20),
            "Greatest height of initial trees.",
            i => i.MaxInitialHeight, (i, v) => i with { MaxInitialHeight = (int)v! }),
        Island("max-height", new WholeNumber(1, 30),
            "Greatest height of any tree.",
            i => i.MaxHeight, (i, v) => i with { MaxHeight = (int)v! }),
        Island("max-nodes", new WholeNumber(7, 1000),
            "Greatest number of nodes of any tree.",
            i => i.MaxNodes, (i, v) => i with { MaxNodes = (int)v! }),
        Island("primitives", new ListOf<Primitive>(
                new Choice<Primitive>([.. Primitives.Terminals.Concat(Primitives.Functions).Select(p => (p.Name(), p))]), 3, Primitives.Count),
            "Primitives that may occur in a loss.",
            i => i.Primitives, (i, v) => i with { Primitives = (ImmutableArray<Primitive>)v! }),
        Island("random", new TruthValue(),
            "Only random trees, no selection: the control that evolution has to beat.",
            i => i.RandomSearch, (i, v) => i with { RandomSearch = (bool)v! }),
        Search("finalists", new WholeNumber(0, 1000),
            "How many of the best are re-measured on fresh replicates at the end.",
            s => s.Finalists, (s, v) => s with { Finalists = (int)v! }),
        Search("final-replicates", new WholeNumber(1, 1000),
            "Fresh replicates per finalist, and for the baseline.",
            s => s.FinalReplicates, (s, v) => s with { FinalReplicates = (int)v! }),
        Search("baseline-learning-rates", new ListOf<double>(new RealNumber(0, 1000, aboveLeast: true), 1, 100),
            "Learning rates tried for the task-loss baseline.",
            s => s.BaselineLearningRates, (s, v) => s with { BaselineLearningRates = (ImmutableArray<double>)v! }),
    ];

    internal static ExperimentKey Island(string name, KeyType type, string doc, Func<IslandSettings, object?> get, Func<IslandSettings, object?, IslandSettings> set) =>
        Search(name, type, doc, s => get(s.Island), (s, v) => s with { Island = set(s.Island, v) });

    internal static ExperimentKey Search(string name, KeyType type, string doc, Func<SearchSettings, object?> get, Func<SearchSettings, object?, SearchSettings> set) =>
        new($"search.{name}", type, doc, e => get(e.Search), (e, v) => e with { Search = set(e.Search, v) });
}
