using System.Globalization;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;
using LossActors.Expressions;
using LossActors.Learning.Datasets;
using LossActors.Learning.Networks;
using LossActors.Learning.Networks.Notation;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.Experiments;

/// <summary>What single keys cannot say: settings that do not go together.</summary>
internal static class ExperimentChecks
{
    /// <summary>The experiment itself, if it is sound.</summary>
    /// <exception cref="ExperimentException">It is not; the message names the first contradiction.</exception>
    public static Experiment Check(Experiment experiment, ExperimentOrigins origins)
    {
        var problem = Task(experiment) ?? Layers(experiment) ?? Training(experiment) ?? Further(experiment) ?? Population(experiment) ?? Trees(experiment) ?? ArchipelagoChecks.Problem(experiment) ?? WarmStart(experiment) ?? Search(experiment);
        return problem is null ? experiment : throw new ExperimentException($"{origins.Of(problem)}: {problem}");
    }

    private static string? Task(Experiment e)
    {
        var task = e.Protocol.Task;
        var isCsv = task.Dataset == "csv";
        var onlyForCsv = new[]
        {
            (Key: "target", IsSet: task.Target is not null),
            (Key: "kind", IsSet: task.Kind is not null && task.Dataset != "npz"),
            (Key: "separator", IsSet: task.Separator is not null),
            (Key: "categorical", IsSet: !task.Categorical.IsEmpty),
            (Key: "ignore", IsSet: !task.Ignore.IsEmpty),
        }.FirstOrDefault(k => k.IsSet).Key;

        return task switch
        {
            _ when Math.Abs(task.Split.Sum() - 1) > 1e-6 =>
                Say($"experiment.task.split must sum to 1, not {task.Split.Sum():0.######}"),
            { Path: null } when isCsv => "experiment.task.path is missing: dataset = csv needs the file's path",
            { Target: null } when isCsv => "experiment.task.target is missing: name the column to predict",
            { Path: null } when DatasetCatalog.NamesOfOwn.Contains(task.Dataset) =>
                $"experiment.task.path is missing: dataset = {task.Dataset} needs {(task.Dataset == "npz" ? "the file's path" : "the folder of the images")}",
            { Path: not null } when DatasetCatalog.IsEmbedded(task.Dataset) =>
                $"experiment.task.path is set, but {task.Dataset} is built in; for your own table write dataset = csv",
            _ when !isCsv && onlyForCsv is not null =>
                $"experiment.task.{onlyForCsv} is for dataset = csv; {task.Dataset} has its own",
            { CoarseLabels: true } when task.Dataset != "cifar100" =>
                $"experiment.task.coarse-labels is for dataset = cifar100; {task.Dataset} has one kind of labels",
            { Resize: not null } when task.Dataset != "images" =>
                $"experiment.task.resize is for dataset = images; {task.Dataset} has images of one size, or none",
            { Augmentation.IsOn: true } when !MayBeImages(task.Dataset) =>
                $"experiment.task.augmentation varies images, but {task.Dataset} has none; take it out",
            _ when task.Arrays != new ArrayNames() && task.Dataset != "npz" =>
                $"experiment.task.arrays is for dataset = npz; {task.Dataset} has no named arrays",
            _ when isCsv && task.Categorical.Concat(task.Ignore).Contains(task.Target) =>
                "experiment.task.target must not be among categorical or ignore",
            _ when NetworkCatalog.All.Any(n => n.NeedsImages && n.Name == e.Protocol.Network.Kind) && !MayBeImages(task.Dataset) =>
                $"experiment.network.kind = {e.Protocol.Network.Kind} needs images (mnist, cifar10, npz …), not {task.Dataset}; use mlp or linear",
            _ => null,
        };
    }

    private static bool MayBeImages(string dataset) => dataset != "csv" && !DatasetCatalog.IsEmbedded(dataset);

    private static string? Layers(Experiment e)
    {
        try
        {
            _ = e.Protocol.Network.Kind == "layers" ? LayerNotation.Read(e.Protocol.Network.Layers) : [];
            return null;
        }
        catch (NetworkException problem)
        {
            return $"experiment.network.layers: {problem.Message}";
        }
    }

    private static string? Training(Experiment e)
    {
        var training = e.Protocol.Training;
        return training switch
        {
            { Nesterov: true, Momentum: 0 } => "experiment.training.nesterov = true needs a momentum above 0; set nesterov = false",
            _ when training.Milestones.Zip(training.Milestones.Skip(1)).Any(p => p.Item1 >= p.Item2) =>
                "experiment.training.milestones must rise",
            _ when training.Milestones.Any(m => m >= training.Steps) =>
                Say($"experiment.training.milestones must lie before the last of the {training.Steps} steps"),
            _ when training.Horizons.FirstOrDefault(h => h > 1 && h != Math.Floor(h)) is > 0 and var odd =>
                Say($"experiment.training.horizons holds {odd}, which is neither a share of the steps below 1 nor a whole number of them"),
            _ when training.StepsOfHorizons() is var horizons && horizons.Zip(horizons.Skip(1)).Any(p => p.Item1 >= p.Item2) =>
                "experiment.training.horizons must rise",
            _ when training.StepsOfHorizons().Any(h => h >= training.Steps) =>
                Say($"experiment.training.horizons must lie before the last of the {training.Steps} steps"),
            _ => null,
        };
    }

    private static string? Further(Experiment e) => e.Protocol.FurtherTasks
        .Select((task, i) => (Own: FurtherTasks.On(e, task), i))
        .Select(t => (Task(t.Own) ?? Layers(t.Own) ?? Training(t.Own)) is { } problem ? $"experiment.tasks: the one at [{t.i}]: {problem}" : null)
        .FirstOrDefault(problem => problem is not null);

    /// <summary>What contradicts itself in the population of an island; null: nothing.</summary>
    internal static string? Population(Experiment e)
    {
        var island = e.Search.Island;
        return island switch
        {
            _ when island.TournamentSize > island.Population =>
                Say($"experiment.search.tournament ({island.TournamentSize}) must not exceed population ({island.Population})"),
            _ when island.Elites >= island.Population =>
                Say($"experiment.search.elites ({island.Elites}) must be fewer than population ({island.Population})"),
            _ when island.MigrationSize > island.Population =>
                Say($"experiment.search.migration.size ({island.MigrationSize}) must not exceed population ({island.Population})"),
            { StagnationAfter: > 0 } when island.StagnationAfter < island.Population =>
                Say($"experiment.search.stagnation.after ({island.StagnationAfter}) must be at least population ({island.Population}): the first so many births are random trees"),
            { RandomSearch: false } when !(island.Variation.Values.Sum() > 0) =>
                "experiment.search.variation: at least one operator needs a weight above 0",
            { Schedule: Schedule.Generational, InitialPopulation: > 0 } =>
                "experiment.search.initial-population needs schedule = steady-state; a first generation has as many births as population",
            { Schedule: Schedule.SteadyState } when island.Variation.GetValueOrDefault(Origin.Reproduction) > 0 =>
                "experiment.search.variation.reproduction copies parents into the next generation: it needs schedule = generational",
            _ => null,
        };
    }

    /// <summary>What contradicts itself in the trees of an island; null: nothing.</summary>
    internal static string? Trees(Experiment e)
    {
        var island = e.Search.Island;
        Primitive[] repairs = [Primitive.Add, Primitive.Sub, Primitive.Mul, Primitive.Div];
        return island switch
        {
            _ when island.MinInitialHeight > island.MaxInitialHeight =>
                Say($"experiment.search.min-initial-height ({island.MinInitialHeight}) must not exceed max-initial-height ({island.MaxInitialHeight})"),
            _ when island.MaxInitialHeight > island.MaxHeight =>
                Say($"experiment.search.max-initial-height ({island.MaxInitialHeight}) must not exceed max-height ({island.MaxHeight})"),
            _ when island.Primitives.Distinct().Count() != island.Primitives.Length =>
                "experiment.search.primitives names one twice",
            _ when !island.Primitives.Contains(Primitive.Y) || !island.Primitives.Contains(Primitive.F) =>
                "experiment.search.primitives must hold y and f: a loss needs both",
            _ when !island.Primitives.Intersect(repairs).Any() =>
                "experiment.search.primitives must hold one of add, sub, mul, div, to join y and f",
            _ => null,
        };
    }

    private static string? WarmStart(Experiment e) => e.Search.WarmStart.Expressions
        .Select(text => Expression.TryParse(text, out var loss, out var problem)
            ? WarmStartRules.Problem(loss, e.Search.Island) is { } unfit ? $"{Shown.Text(text)} {unfit}" : null
            : $"{Shown.Text(text)}: {problem}")
        .FirstOrDefault(problem => problem is not null) is { } found ? $"experiment.search.warm-start.expressions: {found}" : null;

    // Of random trees 16 % were trained, at least to a rung, in a search on digits, 18 % in one on Fashion-MNIST.
    private const int BirthsPerInitialMember = 5;

    private static string? Search(Experiment e) => e.Search switch
    {
        { Island.Strict: true, Time: not null } =>
            "a strict search cannot have a time limit, since its outcome would depend on the machine; give a budget with --evaluations",
        var s when s.Evaluations < s.IslandsAtWork =>
            Say($"experiment.search.evaluations ({s.Evaluations}) must be at least one per island ({s.Islands})"),
        { Method: SearchMethod.Evolution, Island.RandomSearch: false } s when s.Evaluations < (long)BirthsPerInitialMember * s.Island.InitialPopulation * s.IslandsAtWork =>
            Say($"experiment.search.initial-population ({s.Island.InitialPopulation} on each of {s.IslandsAtWork} islands) leaves nothing to evolve of {s.Evaluations} evaluations: gates stop most random trees, so it takes some {BirthsPerInitialMember} births for each that is trained; lower it, or raise evaluations"),
        _ => null,
    };

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
