using System.Collections.Immutable;
using LossActors.Learning.MetaTesting;

namespace LossActors.Studies.Table;

/// <summary>Two methods, search by search: the winners of the same search seed on the test part.</summary>
/// <param name="Task">The task; null: all of them.</param>
/// <param name="StepShare">Training steps of the first over those of the second.</param>
/// <param name="Comparison">First less second, mean test errors of each search, in shares of the tuned task loss's error.</param>
internal sealed record SearchComparison(TableTask? Task, double StepShare, PairedComparison Comparison)
{
    /// <summary>Task by task, then over all; none without pairs.</summary>
    public static ImmutableArray<SearchComparison> Of(string folder, TableMethod first, TableMethod second)
    {
        var pairs = TableTask.All.SelectMany(task => Pairs(folder, task, first, second)).ToList();
        return [.. pairs.GroupBy(pair => pair.Task).Select(task => Of(task.Key, [.. task])), .. pairs.Count > 0 ? [Of(null, pairs)] : Array.Empty<SearchComparison>()];
    }

    private static SearchComparison Of(TableTask? task, List<(TableTask Task, CellSearch First, CellSearch Second)> pairs) => new(
        task,
        (double)pairs.Sum(p => p.First.TrainingSteps) / pairs.Sum(p => p.Second.TrainingSteps),
        PairedComparison.Of([.. pairs.Select(p => Relative(p.First))], [.. pairs.Select(p => Relative(p.Second))]));

    private static IEnumerable<(TableTask Task, CellSearch First, CellSearch Second)> Pairs(string folder, TableTask task, TableMethod first, TableMethod second) =>
        Cell.Read(folder, task, first).Searches.Join(Cell.Read(folder, task, second).Searches, s => s.Seed, s => s.Seed, (a, b) => (task, a, b));

    // A search that found no loss, or one under which a network diverged, has lost: with an infinite error.
    private static double Relative(CellSearch search) => search.Test?.Learned.Mean().Mean / search.Test?.Baseline.Mean().Mean ?? double.PositiveInfinity;
}
