using LossActors.Actors.Experiments;
using LossActors.Cli.Output;

namespace LossActors.Cli.Report;

/// <summary>Everything that is needed to repeat the run.</summary>
internal static class RepeatSection
{
    public static void Write(Html html, ReportData data)
    {
        var run = data.Run;
        html.Section("How to repeat it", run.Strict
                ? "A strict run: the same command gives the same hall of fame bit for bit, with any number of evaluators."
                : "Each fitness can be repeated exactly; the course of the search depends on the timing of evaluators, unless the run is strict.")
            .Raw("<pre>").Text(Numbers.Text($"# save the settings below as {run.Name}.conf, then:\nlossactors run {run.Name}.conf --seed {run.Seed}{(run.Strict ? " --strict" : "")} --evaluations {run.Budget}")).Raw("</pre>\n")
            .Table(
                ["what", "`value"],
                run.Versions.Select(v => new[] { v.Key, v.Value })
                    .Prepend(["hash of the data", run.DataHash]))
            .Raw("<details><summary>All settings</summary>\n<pre>").Text(ExperimentWriter.ToHocon(run.Experiment)).Raw("</pre>\n</details>\n")
            .EndSection();
    }
}
