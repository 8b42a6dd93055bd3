using System.CommandLine;
using System.Text.Json.Nodes;
using LossActors.Actors.Experiments;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
using LossActors.Cli.Hosting;
using LossActors.Cli.Output;
using LossActors.Learning.Verification;

namespace LossActors.Cli.Commands;

/// <summary><c>verify FILE.jsonl</c> checks golden vectors; <c>verify RUN</c> re-derives a run's hall of fame from its record alone.</summary>
internal static class VerifyCommand
{
    private const int MostShown = 10;

    public static Command Create(CliEnvironment environment)
    {
        var what = new Argument<string>("FILE|RUN") { Description = "A file of golden vectors (.jsonl), or a run's id." };
        var single = new Option<bool>("--single") { Description = "Compute expressions in single precision, with tolerance 1e-4." };
        var dataDir = CommonOptions.DataDir();
        var json = CommonOptions.Json();
        var command = new Command("verify", "Checks golden vectors, or a run against its own record.") { what, single, dataDir, json };
        command.SetAction(parsed =>
        {
            var given = parsed.GetRequiredValue(what);
            if (Directory.Exists(given))
            {
                throw new CliException($"{Shown.Text(given)} is a folder; name a file of golden vectors (.jsonl), or a run");
            }

            return (int)(File.Exists(given) || given.EndsWith(".jsonl", StringComparison.Ordinal)
                ? VerifyFile(environment, given, parsed.GetValue(single), parsed.GetValue(json))
                : VerifyRun(environment, DatabaseSetting.Of(environment, parsed.GetRequiredValue(dataDir)), given, parsed.GetValue(json)));
        });
        return command;
    }

    private static ExitCode VerifyRun(CliEnvironment environment, Database database, string run, bool json)
    {
        RunStore.Open(database, run, out var id).Dispose();
        var verification = RunVerifier.Verify(database, id);
        if (json)
        {
            JsonOutput.WriteDocument(environment.Out, new JsonObject
            {
                ["run"] = verification.Run,
                ["complete"] = verification.IsComplete,
                ["replayed"] = verification.IsReplayed,
                ["checked"] = verification.Checked,
                ["agreeing"] = verification.Agreeing,
                ["differences"] = new JsonArray([.. verification.Differences.Select(d => JsonValue.Create(d))]),
            });
        }
        else
        {
            environment.Out.WriteLine(Numbers.Text($"{verification.Agreeing} of {verification.Checked} agree{(verification.IsReplayed ? "" : " (the tables with the journal; what trainings found is believed)")}{(verification.IsComplete ? ", the hall of fame among them" : "; the run has no final hall of fame yet")}"));
        }

        foreach (var difference in verification.Differences.Take(MostShown))
        {
            environment.Error.WriteLine(UserErrors.OneLine(difference));
        }

        return verification.Agrees ? ExitCode.Done : ExitCode.Error;
    }

    private static ExitCode VerifyFile(CliEnvironment environment, string path, bool single, bool json)
    {
        var report = GoldenFile.Verify(path, single);
        if (json)
        {
            JsonOutput.WriteDocument(environment.Out, new JsonObject
            {
                ["kind"] = report.Kind,
                ["precision"] = report.Precision,
                ["tolerance"] = report.Tolerance,
                ["rows"] = report.Rows.Length,
                ["agreeing"] = report.Agreeing,
                ["worstError"] = JsonOutput.Number(report.WorstError),
            });
        }
        else
        {
            environment.Out.WriteLine(Numbers.Text($"{report.Agreeing} of {report.Rows.Length} agree, worst error {report.WorstError:0.0e+00} (tolerance {report.Tolerance:0e+0}, {report.Kind}, {report.Precision})"));
        }

        foreach (var row in report.Rows.Where(r => !r.Agrees(report.Tolerance)).Take(MostShown))
        {
            environment.Error.WriteLine(Numbers.Text($"line {row.Line}: {row.Worst} is off by {row.Error:0.0e+00}"));
        }

        return report.Holds ? ExitCode.Done : ExitCode.Error;
    }
}
