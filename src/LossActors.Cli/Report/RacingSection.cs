using LossActors.Actors.Record;
using LossActors.Cli.Output;

namespace LossActors.Cli.Report;

/// <summary>Where learning curves ended, and the training steps that this saved.</summary>
internal static class RacingSection
{
    public static void Write(Html html, ReportData data)
    {
        var run = data.Run;
        if (run.SavedSteps == 0)
        {
            return;
        }

        html.Section(
            "Racing",
            Numbers.Text($"Hopeless candidates stop at rungs. {Numbers.Count(run.CandidateSteps)} training steps were taken, {Numbers.Count(run.SavedSteps)} saved: {Numbers.Percent((double)run.CandidateSteps / (run.CandidateSteps + run.SavedSteps))} of all. An error that was measured early never beats one of a training that went to its end."))
            .Table(
                ["training", "#candidates", "#steps each", "#best error there", "#steps taken", "#steps saved"],
                data.Candidates.Where(c => c.Verdict is "trained" or "stopped").GroupBy(c => c.StoppedAt ?? int.MaxValue).OrderBy(g => g.Key).Select(Row))
            .EndSection();
    }

    private static string[] Row(IGrouping<int, CandidateRow> length)
    {
        var first = length.First();
        return
        [
            first.StoppedAt is null ? "to its end" : "stopped",
            Numbers.Count(length.Count()),
            Numbers.Count(first.TrainedSteps),
            Numbers.Short(length.Min(c => c.Fitness)),
            Numbers.Count(length.Sum(c => (long)c.TrainedSteps)),
            Numbers.Count(length.Sum(c => (long)c.SavedSteps)),
        ];
    }
}
