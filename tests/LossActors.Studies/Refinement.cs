using System.Collections.Concurrent;
using System.Text.Json;
using LossActors.Actors.Experiments;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Expressions;
using LossActors.Expressions.Parsing;
using LossActors.Expressions.Printing;
using LossActors.Learning.Laboratory;
using MathNet.Numerics.Statistics;

namespace LossActors.Studies;

/// <summary>
/// Does refinement earn its keep? Elites of several searches without it are tuned, and measured before and after on networks that neither
/// search nor tuning has seen.
/// </summary>
internal static class Refinement
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <param name="experiment">What is learned, and how coefficients are tuned.</param>
    /// <param name="seeds">Searches, from seed 1.</param>
    /// <param name="elites">Losses taken from each.</param>
    /// <param name="replicates">Fresh networks per measurement.</param>
    /// <param name="elitesFile">Elites as a JSON list; written where it does not exist.</param>
    /// <param name="output">Gets the results.</param>
    public static void Run(Experiment experiment, int seeds, int elites, int replicates, string? elitesFile, string output)
    {
        using var crew = new BenchCrew(experiment.Protocol, experiment.Evaluation.Evaluators);
        var losses = File.Exists(elitesFile)
            ? [.. JsonSerializer.Deserialize<string[]>(File.ReadAllText(elitesFile))!.Select(ExpressionParser.Parse)]
            : Gather(experiment, crew, seeds, elites);
        if (elitesFile is not null && !File.Exists(elitesFile))
        {
            File.WriteAllText(elitesFile, JsonSerializer.Serialize(losses.Select(ExpressionFormatter.WeightedFunction)));
        }

        var tunings = new ConcurrentBag<Tuning>();
        crew.ForEach([.. losses.Index()], (bench, item) => tunings.Add(Tune(bench, item.Index, item.Item, experiment.Protocol.Replicates, replicates)));
        List<Tuning> results = [.. tunings.OrderBy(t => t.Elite)];
        File.WriteAllText(output, JsonSerializer.Serialize(results, s_json));
        Summarise(results);
    }

    private static List<Expression> Gather(Experiment experiment, BenchCrew crew, int seeds, int elites)
    {
        var search = experiment.Search;
        var plain = experiment with { Search = search with { Island = search.Island with { Refinement = RefinementPolicy.None } } };
        return [.. Enumerable.Range(1, seeds).SelectMany(seed => new Search(plain, crew).Elites((ulong)seed, elites))];
    }

    private static Tuning Tune(Bench bench, int elite, Expression loss, int firstReplicate, int replicates)
    {
        var finding = bench.Refine(loss);
        var tuned = (finding as Finding.Refined)?.Tuned ?? loss;
        var before = Error(bench.Train(loss, firstReplicate, replicates));
        var after = tuned.Equals(loss) ? before : Error(bench.Train(tuned, firstReplicate, replicates));
        return new Tuning(
            elite, ExpressionFormatter.Infix(loss), ExpressionFormatter.Infix(tuned), before, after, finding.Seconds, bench.Train(loss, 0, 1).Seconds);
    }

    private static double Error(Finding finding) => ((Finding.Trained)finding).Fitness;

    private static void Summarise(List<Tuning> results)
    {
        var changed = results.Where(t => t.Tuned != t.Loss).ToList();
        Console.WriteLine(FormattableString.Invariant(
            $"{results.Count} elites: median {results.Select(t => t.Before).Median():F5} before, {results.Select(t => t.After).Median():F5} after; mean {results.Average(t => t.Before):F5}, {results.Average(t => t.After):F5}"));
        Console.WriteLine(FormattableString.Invariant(
            $"{changed.Count} changed: {changed.Count(t => t.After < t.Before)} better, {changed.Count(t => t.After > t.Before)} worse, {changed.Count(t => t.After == t.Before)} equal"));
        Console.WriteLine(FormattableString.Invariant(
            $"a refinement took {results.Select(t => t.Seconds).Median():F2} s, as much as {results.Select(t => t.Seconds / t.TrainingSeconds).Median():F0} trainings (medians)"));
    }

    /// <summary>One elite's way; errors are means over fresh networks, in the experiment's metric.</summary>
    internal sealed record Tuning(int Elite, string Loss, string Tuned, double Before, double After, double Seconds, double TrainingSeconds);
}
