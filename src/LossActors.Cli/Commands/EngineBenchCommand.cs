using System.CommandLine;
using System.Text.Json.Nodes;
using LossActors.Actors.Benchmarks;
using LossActors.Actors.Persistence;
using LossActors.Cli.Output;

namespace LossActors.Cli.Commands;

/// <summary><c>bench engine</c>: a search in which everything is real but the training.</summary>
internal static class EngineBenchCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var defaults = new EngineBenchmarkOptions();
        var candidates = Number("--candidates", "How many candidates are judged.", defaults.Candidates, least: 100);
        var islands = Number("--islands", "How many islands evolve them.", defaults.Islands, least: 1);
        var json = CommonOptions.Json();
        var command = new Command(
            "engine",
            "Times the engine without training: proposals, broker, leases, serializer, journal and record on a database in the current folder, which is removed again; then kills the search and resumes it.")
        {
            candidates, islands, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = defaults with { Candidates = parsed.GetRequiredValue(candidates), Islands = parsed.GetRequiredValue(islands) };
            Write(environment, await RunAsync(environment, options, cancellation), parsed.GetValue(json));
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Option<int> Number(string name, string description, int value, int least)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() < least)
            {
                result.AddError($"{name} must be at least {least}");
            }
        });
        return option;
    }

    private static async Task<EngineReport> RunAsync(CliEnvironment environment, EngineBenchmarkOptions options, CancellationToken cancellation)
    {
        // Here and not among temporary files, which may lie in memory: the disk is part of what is measured.
        var folder = new DataFolder(Path.GetFullPath($"lossactors-bench-{Environment.ProcessId}"));
        try
        {
            return await new EngineBenchmark(options, environment.Time).RunAsync(folder, environment.Error.WriteLine, cancellation);
        }
        finally
        {
            if (Directory.Exists(folder.Root))
            {
                Directory.Delete(folder.Root, recursive: true);
            }
        }
    }

    private static void Write(CliEnvironment environment, EngineReport report, bool json)
    {
        if (json)
        {
            JsonOutput.WriteDocument(environment.Out, ToJson(report));
            return;
        }

        TextTable.Write(
            environment,
            ["MEASURED", "#VALUE"],
            [
                ["candidates per second", Numbers.Short(report.CandidatesPerSecond)],
                .. report.Tenths.Select((rate, i) => new[] { $"  in tenth {i + 1}", Numbers.Short(rate) }),
                ["core microseconds per candidate", Numbers.Short(1e6 * report.CoreSecondsPerCandidate)],
                ["managed bytes per candidate", Numbers.Short(report.ManagedBytesPerCandidate)],
                ["resident bytes per candidate", Numbers.Short(report.ResidentBytesPerCandidate)],
                ["database bytes per candidate", Numbers.Short(report.DatabaseBytesPerCandidate)],
                ["seconds from kill to recovery", Numbers.Short(report.SecondsToRecover)],
                ["seconds from kill to a new candidate", Numbers.Short(report.SecondsToPropose)],
            ]);
    }

    private static JsonObject ToJson(EngineReport report) => new()
    {
        ["candidates"] = report.Candidates,
        ["islands"] = report.Islands,
        ["candidatesPerSecond"] = report.CandidatesPerSecond,
        ["tenths"] = JsonOutput.Numbers(report.Tenths),
        ["coreSecondsPerCandidate"] = report.CoreSecondsPerCandidate,
        ["managedBytesPerCandidate"] = report.ManagedBytesPerCandidate,
        ["residentBytesPerCandidate"] = report.ResidentBytesPerCandidate,
        ["databaseBytesPerCandidate"] = report.DatabaseBytesPerCandidate,
        ["secondsToRecover"] = report.SecondsToRecover,
        ["secondsToPropose"] = report.SecondsToPropose,
    };
}
