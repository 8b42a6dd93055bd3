using System.CommandLine;
using System.Text.Json.Nodes;
using LossActors.Cli.Output;
using LossActors.Learning.Benchmarks;

namespace LossActors.Cli.Commands;

/// <summary><c>bench</c>: the standard workloads on this machine.</summary>
internal static class BenchCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var json = CommonOptions.Json();
        var device = CommonOptions.Device();
        var command = new Command(
            "bench",
            "Times the standard workloads (batches of 128) beside an eager TorchSharp step and the machine's best matrix product. Takes about two minutes; nothing else should run.") { device, json };
        command.Subcommands.Add(EngineBenchCommand.Create(environment));
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(environment, parsed.GetRequiredValue(device), parsed.GetValue(json), cancellation)));
        return command;
    }

    private static int Run(CliEnvironment environment, string device, bool json, CancellationToken cancellation)
    {
        var report = new StandardBenchmarks(environment.Time, device).Run(
            result => environment.Error.WriteLine($"{result.Workload}, {Slots(result)}: {Numbers.Short(result.Milliseconds)} ms"), cancellation);
        if (json)
        {
            JsonOutput.WriteDocument(environment.Out, ToJson(report));
        }
        else
        {
            TextTable.Write(
                environment,
                ["WORKLOAD", "#COHORT", "#SLOTS", "#MS PER STEP AND CANDIDATE", "#OF AN EAGER STEP", "#GFLOP/S", "#OF THE CEILING"],
                report.Results.Select(r => new[]
                {
                    r.Workload, Numbers.Count(r.Cohort), Numbers.Count(r.Slots), Numbers.Short(r.Milliseconds), Numbers.Short(r.RatioToEager), Numbers.Short(r.Gigaflops), Numbers.Short(r.ShareOfCeiling),
                }));
        }

        return (int)ExitCode.Done;
    }

    private static string Slots(BenchmarkResult result) => result.Slots == 1 ? "one slot" : $"{result.Slots} slots";

    private static JsonObject ToJson(BenchmarkReport report) => new()
    {
        ["device"] = report.Device,
        ["processors"] = report.Processors,
        ["ceilingGigaflops"] = new JsonObject { ["oneSlot"] = report.CeilingOneThread, ["allSlots"] = report.CeilingAllSlots },
        ["results"] = new JsonArray([.. report.Results.Select(r => new JsonObject
        {
            ["workload"] = r.Workload,
            ["cohort"] = r.Cohort,
            ["slots"] = r.Slots,
            ["milliseconds"] = r.Milliseconds,
            ["ratioToEager"] = r.RatioToEager,
            ["gigaflops"] = r.Gigaflops,
            ["shareOfCeiling"] = r.ShareOfCeiling,
        })]),
    };
}
