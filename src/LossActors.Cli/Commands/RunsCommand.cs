using System.CommandLine;
using System.Text.Json.Nodes;
using LossActors.Cli.Hosting;
using LossActors.Cli.Output;

namespace LossActors.Cli.Commands;

/// <summary><c>runs</c>: all runs with their true states, newest first.</summary>
internal static class RunsCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var dataDir = CommonOptions.DataDir();
        var json = CommonOptions.Json();
        var command = new Command("runs", "Lists all runs, newest first.") { dataDir, json };
        command.SetAction(parsed =>
        {
            var database = DatabaseSetting.Of(environment, parsed.GetRequiredValue(dataDir));
            using var store = RunStore.TryOpen(database);
            var runs = store?.Reader.List() ?? [];
            if (parsed.GetValue(json))
            {
                JsonOutput.WriteDocument(environment.Out, new JsonArray([.. runs.Select(RunJson.Summary)]));
            }
            else if (runs.Count == 0)
            {
                environment.Error.WriteLine($"no runs yet; start one with `lossactors run{database.Option}`");
            }
            else
            {
                RunTables.WriteRuns(environment, runs);
            }

            return (int)ExitCode.Done;
        });
        return command;
    }
}
