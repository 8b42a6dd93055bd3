using System.CommandLine;
using LossActors.Cli.Hosting;
using LossActors.Cli.Output;

namespace LossActors.Cli.Commands;

/// <summary><c>show RUN</c>: one run and its hall of fame.</summary>
internal static class ShowCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var run = CommonOptions.Run();
        var dataDir = CommonOptions.DataDir();
        var json = CommonOptions.Json();
        var command = new Command("show", "Shows one run and its hall of fame.") { run, dataDir, json };
        command.SetAction(parsed =>
        {
            using var store = RunStore.Open(DatabaseSetting.Of(environment, parsed.GetRequiredValue(dataDir)), parsed.GetRequiredValue(run), out var id);
            var details = store.Reader.Show(id);
            if (parsed.GetValue(json))
            {
                JsonOutput.WriteDocument(environment.Out, RunJson.Details(details));
            }
            else
            {
                RunTables.WriteDetails(environment, details);
            }

            return (int)ExitCode.Done;
        });
        return command;
    }
}
