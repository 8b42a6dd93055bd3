using System.CommandLine;
using System.Text.Json.Nodes;
using LossActors.Cli.Output;
using LossActors.Learning.Datasets;
using LossActors.Learning.Datasets.Fetching;
using LossActors.Learning.Protocols;

namespace LossActors.Cli.Commands;

/// <summary><c>datasets</c>: what can be learned, and whether its files are here.</summary>
internal static class DatasetsCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var json = CommonOptions.Json();
        var command = new Command("datasets", "Lists the datasets.") { json, DatasetFetchCommand.Create(environment) };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
            {
                JsonOutput.WriteDocument(environment.Out, new JsonArray([.. DatasetCatalog.Entries.Select(ToJson)]));
            }
            else
            {
                TextTable.Write(
                    environment,
                    ["DATASET", "KIND", "#INSTANCES", "INPUTS", "#CLASSES", "HERE", "TO FETCH", "SOURCE"],
                    DatasetCatalog.Entries.Select(e => new[]
                    {
                        e.Name,
                        Kind(e.Kind) ?? "either",
                        e.Instances is { } n ? Numbers.Count(n) : "any",
                        e.InputShape.IsDefaultOrEmpty ? "any" : string.Join(" × ", e.InputShape),
                        e.Classes switch { null => "any", 0 => "–", var c => Numbers.Count(c.Value) },
                        e.IsPresent ? "yes" : e.Folder is null ? "set task.path" : $"no ({e.Folder})",
                        DatasetFetcher.Size(e.Name) is { } bytes ? $"{Math.Max(1, bytes / 1_000_000)} MB" : "–",
                        e.Source,
                    }));
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    private static JsonObject ToJson(DatasetEntry e) => new()
    {
        ["name"] = e.Name,
        ["kind"] = Kind(e.Kind),
        ["instances"] = e.Instances,
        ["inputShape"] = new JsonArray([.. e.InputShape.Select(i => JsonValue.Create(i))]),
        ["classes"] = e.Classes,
        ["present"] = e.IsPresent,
        ["folder"] = e.Folder,
        ["bytesToFetch"] = DatasetFetcher.Size(e.Name),
        ["source"] = e.Source,
    };

    private static string? Kind(TaskKind? kind) => kind switch
    {
        TaskKind.Classification => "classification",
        TaskKind.Regression => "regression",
        _ => null,
    };
}
