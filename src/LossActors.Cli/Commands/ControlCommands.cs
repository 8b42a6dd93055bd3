using System.CommandLine;
using System.Text.Json.Nodes;
using LossActors.Actors.Control;
using LossActors.Actors.Hosting;
using LossActors.Cli.Hosting;
using LossActors.Cli.Output;

namespace LossActors.Cli.Commands;

/// <summary><c>pause RUN</c>, <c>stop RUN</c>, <c>cancel RUN</c>: steer a run that another process works on; <c>cancel</c> also ends one that nobody works on.</summary>
internal static class ControlCommands
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public static IEnumerable<Command> Create(CliEnvironment environment) =>
    [
        Create(environment, "pause", "Keeps in-flight work and waits; `resume` goes on.", ControlCommand.Pause),
        Create(environment, "stop", "Finishes what runs, then ends with a hall of fame.", ControlCommand.Stop),
        Create(environment, "cancel", "Ends now.", ControlCommand.Cancel),
    ];

    private static Command Create(CliEnvironment environment, string name, string description, ControlCommand control)
    {
        var run = CommonOptions.Run();
        var dataDir = CommonOptions.DataDir();
        var json = CommonOptions.Json();
        var command = new Command(name, description) { run, dataDir, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var database = DatabaseSetting.Of(environment, parsed.GetRequiredValue(dataDir));
            string id, state;
            using (var store = RunStore.Open(database, parsed.GetRequiredValue(run), out id))
            {
                state = store.Reader.StateOf(id);
            }

            // Ending a run that nobody works on takes no evaluators; finishing what it had begun would.
            state = control == ControlCommand.Cancel && state is ("interrupted" or "paused") && !database.IsOwned(id)
                ? await AbandonedRun.CancelAsync(database, id, environment.Time, cancellation)
                : await new ControlClient(database, environment.Time).SendAsync(id, control, s_patience, cancellation);
            if (parsed.GetValue(json))
            {
                JsonOutput.WriteDocument(environment.Out, new JsonObject { ["run"] = id, ["state"] = state });
            }
            else
            {
                environment.Out.WriteLine($"{id}: {state}");
            }

            return (int)ExitCode.Done;
        });
        return command;
    }
}
