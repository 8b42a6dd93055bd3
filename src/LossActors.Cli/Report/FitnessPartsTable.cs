using System.Collections.Immutable;
using System.Globalization;
using LossActors.Actors.Record;
using LossActors.Cli.Output;
using LossActors.Learning.Protocols;

namespace LossActors.Cli.Report;

/// <summary>What a mean hides: the error on each task of a search that has several, and after each training length of one with horizons.</summary>
internal static class FitnessPartsTable
{
    public static void Write(Html html, ReportData data)
    {
        var protocol = data.Run.Experiment.Protocol;
        Write(
            html,
            data.Run,
            "Every task",
            [Name(protocol.Task, protocol.Network), .. protocol.FurtherTasks.Select(task => Name(task.Task, task.Network))],
            row => row.TaskErrors);
        Write(
            html,
            data.Run,
            "Every training length",
            protocol.Training.StepsOfHorizons().Append(protocol.Training.Steps).Select(steps => Numbers.Text($"after {Numbers.Count(steps)} steps")),
            row => row.HorizonErrors);
    }

    private static void Write(Html html, RunDetails run, string summary, IEnumerable<string> parts, Func<HallOfFameRow, ImmutableArray<double>> errors)
    {
        if (run.HallOfFame.All(row => errors(row).IsEmpty))
        {
            return;
        }

        html.Raw("<details open><summary>").Text(summary).Raw("</summary>\n")
            .Table(
                ["#rank", .. parts.Select(part => $"#{part}")],
                run.HallOfFame.Where(row => !errors(row).IsEmpty)
                    .Select(row => (string[])[row.Rank.ToString(CultureInfo.InvariantCulture), .. errors(row).Select(error => Numbers.Short(error))]))
            .Raw("</details>\n");
    }

    private static string Name(TaskSettings task, NetworkSettings network) => $"{task.Dataset}, {network.Kind}";
}
