using LossActors.Actors.Record;
using LossActors.Evolution.Candidates;

namespace LossActors.Cli.Output;

/// <summary>What a search saw of the losses that it selected, beside what fresh networks say: the minimum of many noisy numbers flatters itself.</summary>
/// <param name="Losses">How many were measured again.</param>
/// <param name="Searched">Their mean fitness in the search, which selected them.</param>
/// <param name="Fresh">Their mean error on fresh networks.</param>
internal sealed record WinnersCurse(int Losses, double Searched, double Fresh)
{
    /// <summary>Of a run's finalists, also those off the front; null before any was measured again.</summary>
    public static WinnersCurse? Of(RunDetails run) => !Finalists(run).Any()
        ? null
        : new WinnersCurse(Finalists(run).Count(), Finalists(run).Average(f => f.SearchFitness), Finalists(run).Average(f => f.Replicates.Average()));

    /// <summary>The finalists that the search measured on what they are measured on at the end: on all tasks.</summary>
    public static IEnumerable<FinalistRow> Finalists(RunDetails run) => run.Finalists.Where(f => run.Experiment.Search.TasksOf(CandidateId.Parse(f.Candidate).Island).IsAll);

    /// <summary>The shrinkage, in one sentence.</summary>
    public override string ToString()
    {
        var difference = Fresh - Searched;
        var shrinkage = difference == 0 ? "as much" : Numbers.Text($"{Numbers.Short(Math.Abs(difference))} {(difference > 0 ? "more (winner's curse)" : "less")}");
        return Losses == 1
            ? Numbers.Text($"In the search the finalist had an error of {Numbers.Short(Searched)}, on fresh networks {Numbers.Short(Fresh)}: {shrinkage}.")
            : Numbers.Text($"In the search the {Losses} finalists had a mean error of {Numbers.Short(Searched)}, on fresh networks {Numbers.Short(Fresh)}: {shrinkage}.");
    }
}
