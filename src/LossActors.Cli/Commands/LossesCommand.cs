using System.CommandLine;
using System.Text.Json.Nodes;
using LossActors.Cli.Output;
using LossActors.Expressions.Known;
using LossActors.Expressions.Printing;

namespace LossActors.Cli.Commands;

/// <summary><c>losses</c>: the known losses, which other commands take by name and searches as warm starts.</summary>
internal static class LossesCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var json = CommonOptions.Json();
        var command = new Command("losses", "Lists the known losses: names that test, export and search.warm-start.losses take.") { json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
            {
                JsonOutput.WriteDocument(environment.Out, new JsonArray([.. KnownLosses.All.Select(ToJson)]));
            }
            else
            {
                TextTable.Write(environment, ["LOSS", "FOR", "WHAT", "SOURCE"], KnownLosses.All.Select(l => new[] { l.Name, For(l), l.Formula, l.Source }));
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    private static string For(KnownLoss loss) => loss.Suits.Contains(Prediction.Number) ? "any task" : "classes";

    private static JsonObject ToJson(KnownLoss loss) => new()
    {
        ["name"] = loss.Name,
        ["formula"] = loss.Formula,
        ["source"] = loss.Source,
        ["regression"] = Text(loss, Prediction.Number, 0),
        ["twoClasses"] = Text(loss, Prediction.Probability, 2),
        ["tenClasses"] = Text(loss, Prediction.Distribution, 10),
    };

    private static string? Text(KnownLoss loss, Prediction prediction, int classes) =>
        loss.Form(prediction, classes) is { } form ? ExpressionFormatter.WeightedFunction(form) : null;
}
