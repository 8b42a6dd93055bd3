using System.CommandLine;
using System.Text.Json.Nodes;
using LossActors.Cli.Output;
using LossActors.Learning.Verification;

namespace LossActors.Cli.Commands;

/// <summary><c>verify FILE.jsonl</c>: checks golden vectors.</summary>
internal static class VerifyCommand
{
    private const int MostShown = 10;

    public static Command Create(CliEnvironment environment)
    {
        var what = new Argument<string>("FILE") { Description = "A file of golden vectors (.jsonl)." };
        var single = new Option<bool>("--single") { Description = "Compute expressions in single precision, with tolerance 1e-4." };
        var json = CommonOptions.Json();
        var command = new Command("verify", "Checks golden vectors.") { what, single, json };
        command.SetAction(parsed =>
        {
            return (int)VerifyFile(environment, parsed.GetRequiredValue(what), parsed.GetValue(single), parsed.GetValue(json));
        });
        return command;
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
