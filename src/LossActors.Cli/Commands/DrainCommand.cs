using System.CommandLine;
using System.Text.Json.Nodes;
using LossActors.Actors.Control;
using LossActors.Cli.Hosting;
using LossActors.Cli.Output;

namespace LossActors.Cli.Commands;

/// <summary><c>drain RUN NODE</c>: a node finishes what it does, hands over the rest, and leaves.</summary>
internal static class DrainCommand
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    public static Command Create(CliEnvironment environment)
    {
        var run = CommonOptions.Run();
        var node = new Argument<string>("NODE") { Description = "Its address, host:port, as `lossactors show RUN` lists it." };
        var dataDir = CommonOptions.DataDir();
        var json = CommonOptions.Json();
        var command = new Command("drain", "Has a node finish what it does and leave, and waits until it has.") { run, node, dataDir, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var database = DatabaseSetting.Of(environment, parsed.GetRequiredValue(dataDir));
            var address = parsed.GetRequiredValue(node);
            string id;
            using (RunStore.Open(database, parsed.GetRequiredValue(run), out id))
            {
            }

            await new ControlClient(database, environment.Time).DrainAsync(id, address, s_patience, cancellation);
            if (parsed.GetValue(json))
            {
                JsonOutput.WriteDocument(environment.Out, new JsonObject { ["run"] = id, ["node"] = address, ["state"] = "gone" });
            }
            else
            {
                environment.Out.WriteLine($"{id}: {address} has left");
            }

            return (int)ExitCode.Done;
        });
        return command;
    }
}
