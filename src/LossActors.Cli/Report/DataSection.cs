using LossActors.Cli.Output;

namespace LossActors.Cli.Report;

/// <summary>Which part of the data decided what.</summary>
internal static class DataSection
{
    public static void Write(Html html, ReportData data)
    {
        var protocol = data.Run.Experiment.Protocol;
        var tuned = data.Refinements.Count > 0
            ? " So were the coefficients: meta-gradients lower the validation loss, and trainings measured on it decide how far to follow them."
            : "";
        html.Section("Which data decided what", "Three parts that share no instance.")
            .Table(
                ["part", "what it was used for"],
                [
                    ["training", Numbers.Text($"Every network was trained on it, and the gates looked at {protocol.Filters.Sample} instances of it.")],
                    ["validation", $"Every error in this report is measured on it: fitness, rungs, the fresh networks of the finalists, the task loss's learning rate. Losses were selected by it.{tuned} Fresh networks take the luck of initial weights and batches out of an error, not that of these instances."],
                    ["test", $"Nothing here. Only lossactors test {data.Run.Run} and lossactors compare --test look at it."],
                ])
            .EndSection();
    }
}
