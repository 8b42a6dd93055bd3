using System.CommandLine;
using System.Text.Json.Nodes;
using LossActors.Cli.Output;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;

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
                    [.. NetworkCatalog.All.Select(n => new JsonObject { ["name"] = n.Name, ["summary"] = n.Summary, ["needsImages"] = n.NeedsImages, ["parameters"] = Parameters(n) })]));
            }
            else
            {
                TextTable.Write(
                    environment,
                    ["NETWORK", "DATA", "#PARAMETERS", "WHAT"],
                    NetworkCatalog.All.Select(n => new[] { n.Name, n.NeedsImages ? "images" : "any", Numbers.Count(Parameters(n)), n.Summary }));
                environment.Out.WriteLine("\nParameters are counted for colour images of 32 × 32 pixels in ten classes. A network of your own: network = [ … ], see `lossactors experiments --keys`.");
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    private static int Parameters(NetworkDescription network) =>
        NetworkFactory.Create(new NetworkSettings { Kind = network.Name }, NetworkCatalog.Reference).ParameterCount();
}
