using System.CommandLine;
using LossActors.Cli.Hosting;
using LossActors.Cli.Output;
using LossActors.Expressions.Export;
using LossActors.Learning.Losses;

namespace LossActors.Cli.Commands;

/// <summary><c>export LOSS --to …</c>: the loss as code or text that runs elsewhere.</summary>
internal static class ExportCommand
{
    private static readonly Dictionary<string, ExportFormat> s_formats = new(StringComparer.Ordinal)
    {
        ["expression"] = ExportFormat.Expression,
        ["latex"] = ExportFormat.Latex,
        ["python"] = ExportFormat.Python,
        ["csharp"] = ExportFormat.CSharp,
        ["json"] = ExportFormat.Json,
    };

    public static Command Create(CliEnvironment environment)
    {
        var loss = new Argument<string>("LOSS") { Description = "A run (its best loss), RUN#rank, a known loss (`losses` lists them), an expression, or a file that holds one." };
        var to = new Option<string>("--to") { Description = "The form.", HelpName = string.Join('|', s_formats.Keys) };
        CommonOptions.Restrict(to, s_formats.Keys);
        var output = new Option<string?>("--output", "-o") { Description = "Write to this file instead of stdout.", HelpName = "FILE" };
        var dataDir = CommonOptions.DataDir();
        var json = new Option<bool>("--json") { Description = "Short for --to json." };
        var command = new Command("export", "Writes a loss as code or text that runs elsewhere.") { loss, to, output, dataDir, json };
        command.Validators.Add(result =>
        {
            if (result.GetResult(to) is null == result.GetResult(json) is null)
            {
                result.AddError($"export takes either --to {string.Join('|', s_formats.Keys)} or --json");
            }
        });
        command.SetAction(parsed =>
        {
            var reference = LossReference.Resolve(parsed.GetRequiredValue(loss), DatabaseSetting.Of(environment, parsed.GetRequiredValue(dataDir)));
            var text = Text(reference.Loss, parsed.GetValue(to) ?? "json").TrimEnd('\n') + "\n";
            if (parsed.GetValue(output) is { } file)
            {
                OutputFile.Write(file, text);
            }
            else
            {
                environment.Out.Write(text);
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    private static string Text(LossFunction loss, string form) => loss switch
    {
        LossFunction.Symbolic symbolic => Exporter.Export(symbolic.Expression, s_formats[form]),
        LossFunction.Neural neural when form == "python" => NeuralLossExport.Python(neural.Network),
        LossFunction.Neural neural when form == "json" => NeuralLossExport.Json(neural.Network),
        _ => throw new CliException($"a neural loss has no formula to write as {form}; export it --to python or --to json"),
    };
}
