using System.CommandLine;
using System.Text.Json.Nodes;
using LossActors.Cli.Output;
using LossActors.Learning.Networks;

namespace LossActors.Cli.Commands;

/// <summary><c>networks</c>: the base networks.</summary>
internal static class NetworksCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var json = CommonOptions.Json();
        var command = new Command("networks", "Lists the base networks.") { json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
            {
                JsonOutput.WriteDocument(environment.Out, new JsonArray(
                    [.. NetworkCatalog.All.Select(n => new JsonObject { ["name"] = n.Name, ["summary"] = n.Summary, ["needsImages"] = n.NeedsImages })]));
            }
            else
            {
                TextTable.Write(environment, ["NETWORK", "DATA", "WHAT"], NetworkCatalog.All.Select(n => new[] { n.Name, n.NeedsImages ? "images" : "any", n.Summary }));
            }

            return (int)ExitCode.Done;
        });
        return command;
    }
}
