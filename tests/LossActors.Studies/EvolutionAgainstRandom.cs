using System.Text.Json;
using LossActors.Actors.Experiments;
using LossActors.Expressions.Printing;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace LossActors.Studies;

/// <summary>
/// Does evolution earn its keep? For each search seed: a search, then random trees through the same gates until as many candidates
/// were trained; nobody races, so that a training is a training. Compared are the winners' errors on replicates that neither search has seen, paired by seed.
/// </summary>
internal static class EvolutionAgainstRandom
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Runs what is missing in the file, then prints the comparison.</summary>
    public static void Run(Experiment experiment, int seeds, string file)
    {
        var pairs = File.Exists(file) ? JsonSerializer.Deserialize<List<Pair>>(File.ReadAllText(file), s_json)! : [];
        using (var crew = new BenchCrew(experiment.Protocol, experiment.Evaluation.Evaluators))
        {
            var search = new Search(Racing.With(experiment, racing: false), crew);
            for (var seed = 1; seed <= seeds; seed++)
            {
                if (pairs.Any(p => p.Seed == seed))
                {
                    continue;
                }

                var evolved = search.Evolve((ulong)seed);
                var random = search.DrawAtRandom((ulong)seed, evolved.Trained);
                pairs.Add(Pair.Of(seed, evolved, random));
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
                File.WriteAllText(file, JsonSerializer.Serialize(pairs, s_json));
                Print(pairs[^1]);
            }
        }

        Compare(pairs);
    }

    private static void Print(Pair pair) => Console.WriteLine(FormattableString.Invariant(
        $"seed {pair.Seed,2}: trained {pair.Trained,4}  evolved {pair.Evolved.Error:F5} ({pair.Evolved.Evaluations} evaluations)  random {pair.Random.Error:F5} ({pair.Random.Evaluations})  {pair.Evolved.Expression}"));

    private static void Compare(List<Pair> pairs)
    {
        if (pairs.Count < 2)
        {
            Console.WriteLine("One pair is no comparison: raise --seeds.");
            return;
        }

        var differences = pairs.Select(p => p.Random.Error - p.Evolved.Error).ToArray();
        var mean = differences.Mean();
        var error = differences.StandardDeviation() / Math.Sqrt(differences.Length);
        var t = mean / error;
        var p = 1 - StudentT.CDF(0, 1, differences.Length - 1, t);
        Console.WriteLine(FormattableString.Invariant(
            $"mean error: evolved {pairs.Average(x => x.Evolved.Error):F5}, random {pairs.Average(x => x.Random.Error):F5}; paired difference {mean:F5} ± {error:F5} (standard error), t = {t:F2}, one-sided p = {p:G3}, evolved better on {differences.Count(d => d > 0)} of {pairs.Count}"));
    }

    internal sealed record Side(double Error, double BestFitness, int Evaluations, string Expression)
    {
        public static Side Of(SearchOutcome outcome) =>
            new(outcome.WinnerError, outcome.BestFitness, outcome.Evaluations, ExpressionFormatter.Infix(outcome.Winner.Expression));
    }

    internal sealed record Pair(int Seed, int Trained, Side Evolved, Side Random)
    {
        public static Pair Of(int seed, SearchOutcome evolved, SearchOutcome random) =>
            new(seed, evolved.Trained, Side.Of(evolved), Side.Of(random));
    }
}
