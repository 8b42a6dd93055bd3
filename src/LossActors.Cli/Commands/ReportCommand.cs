using System.CommandLine;
using System.Text.Json.Nodes;
using LossActors.Actors.Experiments;
using LossActors.Cli.Hosting;
using LossActors.Cli.Output;
using LossActors.Cli.Report;

namespace LossActors.Cli.Commands;

/// <summary><c>report RUN [-o DIR]</c>: one self-contained HTML file.</summary>
internal static class ReportCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var run = CommonOptions.Run();
        var output = new Option<string?>("--output", "-o") { Description = "The folder for the report; default: reports in the data folder.", HelpName = "DIR" };
        var dataDir = CommonOptions.DataDir();
        var json = CommonOptions.Json();
        var command = new Command("report", "Writes a run's report: one HTML file with plots.") { run, output, dataDir, json };
        command.SetAction(parsed =>
        {
            using var store = RunStore.Open(DatabaseSetting.Of(environment, parsed.GetRequiredValue(dataDir)), parsed.GetRequiredValue(run), out var id);
            var html = HtmlReport.Render(ReportData.Read(store.Reader, id), environment.Time.GetUtcNow());
            var folder = Path.GetFullPath(parsed.GetValue(output) ?? Path.Combine(store.Database.Folder.Root, "reports"));
            try
            {
                Directory.CreateDirectory(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CliException($"cannot create the folder {Shown.Bare(folder)}: {Shown.FirstLine(e.Message)}");
            }

            var file = Path.Combine(folder, $"{id}.html");
            OutputFile.Write(file, html);
            if (parsed.GetValue(json))
            {
                JsonOutput.WriteDocument(environment.Out, new JsonObject { ["run"] = id, ["file"] = file });
            }
            else
            {
                environment.Out.WriteLine(file);
            }

            return (int)ExitCode.Done;
        });
        return command;
    }
}
