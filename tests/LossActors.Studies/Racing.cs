using System.Text.Json;
using LossActors.Actors.Experiments;
using LossActors.Evolution.Candidates;
using LossActors.Expressions.Printing;
using MathNet.Numerics.Statistics;

namespace LossActors.Studies;

/// <summary>
/// What does racing cost, and what does it save? For each search seed the same budget of evaluations without racing and with it; compared are the winners' errors on
/// full-length replicates that neither search has seen, paired by seed, and the training steps of all candidates.
/// </summary>
internal static class Racing
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Runs what is missing in the file, then prints the comparison.</summary>
    public static void Run(Experiment experiment, int firstSeed, int seeds, string file)
    {
        var searches = File.Exists(file) ? JsonSerializer.Deserialize<List<Side>>(File.ReadAllText(file), s_json)! : [];
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        using (var crew = new BenchCrew(experiment.Protocol, experiment.Evaluation.Evaluators))
        {
            foreach (var (seed, racing) in Enumerable.Range(firstSeed, seeds).SelectMany(seed => new[] { (seed, false), (seed, true) }))
            {
                if (!searches.Any(s => s.Seed == seed && s.Racing == racing))
                {
                    searches.Add(Side.Of(seed, racing, new Search(With(experiment, racing), crew).Evolve((ulong)seed)));
                    File.WriteAllText(file, JsonSerializer.Serialize(searches, s_json));
                    Print(searches[^1]);
                }
            }
        }

        Compare([.. searches.Where(s => !s.Racing).Join(searches.Where(s => s.Racing), s => s.Seed, s => s.Seed, (off, on) => (off, on))]);
    }

    /// <summary>The same experiment with racing on or off.</summary>
    public static Experiment With(Experiment experiment, bool racing)
    {
        var island = experiment.Search.Island;
        return experiment with { Search = experiment.Search with { Island = island with { Racing = island.Racing with { Enabled = racing } } } };
    }

    private static void Print(Side side) => Console.WriteLine(FormattableString.Invariant(
        $"seed {side.Seed,2}, racing {(side.Racing ? "on" : "off"),3}: {side.Error:F5} in {side.Steps,7} steps, {side.Trained} trained to the end, {side.Stopped} stopped, {side.Refined} refined"));

    private static void Compare(IReadOnlyCollection<(Side Off, Side On)> pairs)
    {
        if (pairs.Count < 2)
        {
            Console.WriteLine("One pair is no comparison: raise --seeds.");
            return;
        }

        var losses = pairs.Select(p => p.On.Error - p.Off.Error).ToArray();
        var (mean, error) = (losses.Mean(), losses.StandardDeviation() / Math.Sqrt(losses.Length));
        var steps = (double)pairs.Sum(p => (long)p.On.Steps) / pairs.Sum(p => (long)p.Off.Steps);
        Console.WriteLine(FormattableString.Invariant(
            $"mean error: off {pairs.Average(p => p.Off.Error):F5}, on {pairs.Average(p => p.On.Error):F5}; paired difference, on less off, {mean:F5} ± {error:F5} (standard error), worse by {mean / error:F2} of them; {steps * 100:F1} % of the training steps"));
    }

    /// <summary>One search.</summary>
    /// <param name="Seed">Of the search.</param>
    /// <param name="Racing">Whether candidates raced.</param>
    /// <param name="Error">The winner's mean error on fresh replicates.</param>
    /// <param name="BestFitness">The best full-length fitness during the search.</param>
    /// <param name="Steps">Training steps of all candidates; those within refinements and of re-measurements are not counted.</param>
    /// <param name="Trained">Candidates trained to the end.</param>
    /// <param name="Stopped">Candidates that a rung stopped.</param>
    /// <param name="Refined">Refinements; each costs many more steps than a training.</param>
    /// <param name="Evaluations">Candidates judged.</param>
    /// <param name="Expression">The winner.</param>
    internal sealed record Side(
        int Seed, bool Racing, double Error, double BestFitness, long Steps, int Trained, int Stopped, int Refined, int Evaluations, string Expression)
    {
        public static Side Of(int seed, bool racing, SearchOutcome outcome) => new(
            seed,
            racing,
            outcome.WinnerError,
            outcome.BestFitness,
            outcome.Judged.Sum(j => (long)j.Judgement.TrainedSteps),
            outcome.Trained,
            outcome.Judged.Count(j => j.Judgement.Verdict == Verdict.Stopped),
            outcome.Judged.Count(j => j.Origin == Origin.Refinement),
            outcome.Evaluations,
            ExpressionFormatter.Infix(outcome.Winner.Expression));
    }
}
