using LossActors.Actors.Experiments;
using LossActors.Expressions.Printing;

namespace LossActors.Studies;

/// <summary>How good the winners of one experiment are over several search seeds: for choosing settings.</summary>
internal static class Winners
{
    public static void Run(Experiment experiment, int seeds)
    {
        using var crew = new BenchCrew(experiment.Protocol, experiment.Evaluation.Evaluators);
        var search = new Search(experiment, crew);
        var errors = new List<double>();
        for (var seed = 1; seed <= seeds; seed++)
        {
            var outcome = search.Evolve((ulong)seed);
            errors.Add(outcome.WinnerError);
            Console.WriteLine(FormattableString.Invariant(
                $"seed {seed}: {outcome.WinnerError:F5} (search {outcome.BestFitness:F5}), {outcome.Trained} of {outcome.Evaluations} trained, {ExpressionFormatter.Infix(outcome.Winner.Expression)}"));
        }

        foreach (var rate in experiment.Search.BaselineLearningRates)
        {
            Console.WriteLine(FormattableString.Invariant($"task loss at learning rate {rate}: {search.Baseline(rate):F5}"));
        }

        Console.WriteLine(FormattableString.Invariant($"mean of the winners {errors.Average():F5}"));
    }
}
