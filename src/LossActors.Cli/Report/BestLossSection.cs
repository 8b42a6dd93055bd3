using LossActors.Actors.Record;
using LossActors.Cli.Output;
using LossActors.Expressions.Printing;
using LossActors.Learning.Losses;

namespace LossActors.Cli.Report;

/// <summary>The best loss: as a formula, as text, and as curves beside the task loss.</summary>
internal static class BestLossSection
{
    public static void Write(Html html, ReportData data, HallOfFameRow best)
    {
        if (LossText.Of(best) is not LossFunction.Symbolic { Expression: var loss })
        {
            WriteNeural(html, data, LossText.Of(best));
            return;
        }

        html.Section("The best loss", "y is the target, f the prediction. Coefficients are shown to four digits; the exact text is below.")
            .Raw(MathMl.Write(LossText.Readable(loss)))
            .Raw("<details><summary>Exact, to copy</summary>\n")
            .Element("h3", "Expression, as the commands eval, test and export take it")
            .Raw("<pre>").Text(ExpressionFormatter.WeightedFunction(loss)).Raw("</pre>\n")
            .Element("h3", "Infix")
            .Raw("<pre>").Text(ExpressionFormatter.Infix(loss)).Raw("</pre>\n</details>\n");

        WriteCurves(html, data, LossCurves.Of(loss));
        html.EndSection();
    }

    private static void WriteNeural(Html html, ReportData data, LossFunction loss)
    {
        html.Section("The best loss", "y is the target, f the prediction. It is a neural network (2-50-50-1, softplus) and has no formula; the command export writes it as Python or JSON.");
        WriteCurves(html, data, LossCurves.Of(((LossFunction.Neural)loss).Network));
        html.EndSection();
    }

    private static void WriteCurves(Html html, ReportData data, LossAt loss)
    {
        var taskLoss = RunTables.TaskLossName(data.Run.Metric);
        var learned = CurvePlots.Render("learned", loss, data.IsRegression);
        var task = CurvePlots.Render("task", LossCurves.OfTask(data.IsRegression), data.IsRegression);
        html.Raw("<div class=\"pair\">\n")
            .Figure(learned.Value, "The learned loss.")
            .Figure(task.Value, $"The task loss: {taskLoss}.")
            .Figure(learned.Slope, "Its derivative: what pushes the prediction.")
            .Figure(task.Slope, $"The derivative of {taskLoss}.")
            .Raw("</div>\n");
    }
}
