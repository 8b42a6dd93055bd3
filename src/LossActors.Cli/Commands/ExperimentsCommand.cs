using System.CommandLine;
using System.Text.Json.Nodes;
using LossActors.Actors.Experiments;
using LossActors.Cli.Output;

namespace LossActors.Cli.Commands;

/// <summary><c>experiments [NAME]</c>: what is built in, experiments and presets; with a name the file itself; with --keys the manual.</summary>
internal static class ExperimentsCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var name = new Argument<string?>("NAME") { Arity = ArgumentArity.ZeroOrOne, Description = "Print the file of this experiment or preset, ready to copy." };
        var presets = new Option<string[]>("--preset") { Description = "Print it with this preset laid over it, every key with its value. May be repeated.", HelpName = "NAME|FILE" };
        var keys = new Option<bool>("--keys") { Description = "List every key with its meaning, range and default." };
        var json = CommonOptions.Json();
        var command = new Command("experiments", "Lists the built-in experiments and presets, prints one, or lists all keys.") { name, presets, keys, json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(keys))
            {
                WriteKeys(environment, parsed.GetValue(json));
            }
            else if ((parsed.GetValue(name), parsed.GetValue(presets) ?? []) is var (given, over) && (given is not null || over.Length > 0))
            {
                WriteOne(environment, given ?? ExperimentCatalog.Default, over, parsed.GetValue(json));
            }
            else
            {
                WriteAll(environment, parsed.GetValue(json));
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    private static void WriteOne(CliEnvironment environment, string name, string[] presets, bool json)
    {
        // Reading it first gives the error that `run` would give.
        var experiment = ExperimentReader.Read(name, presets, []);
        if (json)
        {
            JsonOutput.WriteDocument(environment.Out, ExperimentWriter.ToJsonNode(experiment));
        }
        else
        {
            environment.Out.Write((presets.Length == 0 ? ExperimentCatalog.Find(name)?.Text : null) ?? ExperimentWriter.ToHocon(experiment));
        }
    }

    private static void WriteAll(CliEnvironment environment, bool json)
    {
        if (json)
        {
            JsonOutput.WriteDocument(environment.Out, new JsonArray([.. Entries("experiment", ExperimentCatalog.All), .. Entries("preset", ExperimentCatalog.Presets)]));
            return;
        }

        TextTable.Write(environment, ["EXPERIMENT", "WHAT"], ExperimentCatalog.All.Select(e => new[] { e.Name, e.Summary }));
        environment.Out.WriteLine();
        TextTable.Write(environment, ["PRESET", "WHAT"], ExperimentCatalog.Presets.Select(e => new[] { e.Name, e.Summary }));
    }

    private static IEnumerable<JsonObject> Entries(string kind, IEnumerable<ExperimentCatalogEntry> entries) =>
        entries.Select(e => new JsonObject { ["kind"] = kind, ["name"] = e.Name, ["summary"] = e.Summary });

    private static void WriteKeys(CliEnvironment environment, bool json)
    {
        if (json)
        {
            JsonOutput.WriteDocument(environment.Out, new JsonArray(
                [.. ExperimentWriter.Manual().Select(k => new JsonObject { ["key"] = k.Path, ["allowed"] = k.Allowed, ["default"] = k.Default, ["meaning"] = k.Doc })]));
            return;
        }

        foreach (var key in ExperimentWriter.Manual())
        {
            environment.Out.WriteLine($"{key.Path} = {key.Default ?? "(not set)"}");
            environment.Out.WriteLine($"    {key.Doc} Takes {key.Allowed}.");
        }
    }
}
