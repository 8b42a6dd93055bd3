using LossActors.Actors.Record;
using LossActors.Cli.Output;
using LossActors.Expressions.Printing;

namespace LossActors.Cli.Report;

/// <summary>The best loss: as a formula, as text, and as curves beside the task loss.</summary>
internal static class BestLossSection
{
    public static void Write(Html html, ReportData data, HallOfFameRow best)
    {
        var loss = LossText.Of(best);
        var taskLoss = RunTables.TaskLossName(data.Run.Metric);
        html.Section("The best loss", "y is the target, f the prediction. Coefficients are shown to four digits; the exact text is below.")
            .Raw(MathMl.Write(LossText.Readable(loss)))
            .Raw("<details><summary>Exact, to copy</summary>\n")
            .Element("h3", "Expression, as the commands eval, test and export take it")
            .Raw("<pre>").Text(ExpressionFormatter.WeightedFunction(loss)).Raw("</pre>\n")
            .Element("h3", "Infix")
            .Raw("<pre>").Text(ExpressionFormatter.Infix(loss)).Raw("</pre>\n</details>\n");

        var learned = CurvePlots.Render("learned", LossCurves.Of(loss), data.IsRegression);
        var task = CurvePlots.Render("task", LossCurves.OfTask(data.IsRegression), data.IsRegression);
        html.Raw("<div class=\"pair\">\n")
            .Figure(learned.Value, "The learned loss.")
            .Figure(task.Value, $"The task loss: {taskLoss}.")
            .Figure(learned.Slope, "Its derivative: what pushes the prediction.")
            .Figure(task.Slope, $"The derivative of {taskLoss}.")
            .Raw("</div>\n").EndSection();
    }
}
