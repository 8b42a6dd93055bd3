using System.CommandLine;
using System.Text.Json.Nodes;
using LossActors.Cli.Hosting;
using LossActors.Cli.Output;
using LossActors.Learning.Diagnostics;

namespace LossActors.Cli.Commands;

/// <summary><c>doctor</c>: looks at everything that a run needs of this machine, and says what to do about what is missing.</summary>
internal static class DoctorCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var device = new Option<string[]>("--device") { Description = "Also try this device, such as cuda:0.", HelpName = "DEVICE" };
        var libtorch = new Option<string?>("--libtorch") { Description = "A libtorch folder of your own to try.", HelpName = "DIR" };
        var dataDir = CommonOptions.DataDir();
        var json = CommonOptions.Json();
        var command = new Command("doctor", "Checks this machine: native libraries, devices, data, database, ports.") { device, libtorch, dataDir, json };
        command.SetAction(parsed =>
        {
            DoctorCheck[] checks =
            [
                .. LearningChecks.Run(parsed.GetValue(libtorch), parsed.GetValue(device) ?? []),
                HostChecks.Database(DatabaseSetting.Of(environment, parsed.GetRequiredValue(dataDir))),
                HostChecks.LoopbackPort(),
            ];
            var healthy = checks.All(c => c.Ok);
            if (parsed.GetValue(json))
            {
                JsonOutput.WriteDocument(environment.Out, new JsonObject
                {
                    ["ok"] = healthy,
                    ["checks"] = new JsonArray([.. checks.Select(c => new JsonObject { ["name"] = c.Name, ["ok"] = c.Ok, ["detail"] = c.Detail, ["remedy"] = c.Remedy })]),
                });
            }
            else
            {
                Write(environment, checks, healthy);
            }

            return (int)(healthy ? ExitCode.Done : ExitCode.Environment);
        });
        return command;
    }

    private static void Write(CliEnvironment environment, DoctorCheck[] checks, bool healthy)
    {
        foreach (var check in checks)
        {
            environment.Out.WriteLine($"{(check.Ok ? "ok  " : "FAIL")}  {check.Name}: {check.Detail}");
            if (check.Remedy is not null)
            {
                environment.Out.WriteLine($"        to do: {check.Remedy}");
            }
        }

        environment.Out.WriteLine(healthy ? "This machine is ready." : "This machine is not ready: see FAIL above.");
    }
}
