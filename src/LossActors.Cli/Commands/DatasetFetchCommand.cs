using System.CommandLine;
using System.Text.Json.Nodes;
using LossActors.Actors.Experiments;
using LossActors.Cli.Hosting;
using LossActors.Cli.Output;
using LossActors.Learning.Datasets;
using LossActors.Learning.Datasets.Fetching;

namespace LossActors.Cli.Commands;

/// <summary><c>datasets fetch</c>: brings a public dataset to where the loaders look for it.</summary>
internal static class DatasetFetchCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var name = new Argument<string>("NAME") { Description = $"One of {string.Join(", ", DatasetFetcher.Names)}." };
        var to = new Option<string?>("--to") { Description = "The folder for its files, instead of the usual one (then set task.path).", HelpName = "DIR" };
        var from = new Option<string?>("--from") { Description = "Another address that has the files under their published names.", HelpName = "URL" };
        var json = CommonOptions.Json();
        var command = new Command("fetch", "Fetches a public dataset, checks it, and goes on where it was interrupted.") { name, to, from, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var dataset = Known(parsed.GetValue(name)!);
            var folder = Path.GetFullPath(parsed.GetValue(to) ?? DatasetFolders.Of(dataset));
            using var fetcher = new DatasetFetcher(environment.Time);
            var shown = new Tenths(environment.Error);
            using var signals = new StopSignals(environment, cancellation);
            try
            {
                await fetcher.Fetch(dataset, folder, Address(parsed.GetValue(from)), shown.Report, signals.Token);
            }
            catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
            {
                throw new CliException("interrupted; the same command goes on with what came", signals.ExitCode);
            }

            if (parsed.GetValue(json))
            {
                JsonOutput.WriteDocument(environment.Out, new JsonObject { ["dataset"] = dataset, ["folder"] = folder });
            }
            else
            {
                environment.Out.WriteLine(folder);
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    private static string Known(string name) => DatasetFetcher.Names.Contains(name)
        ? name
        : throw new CliException($"the dataset {Shown.Text(name)} cannot be fetched; these can: {string.Join(", ", DatasetFetcher.Names)}");

    private static Uri? Address(string? text) => text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
        : throw new CliException($"--from {Shown.Text(text)}: expected an address such as https://example.org/mnist/");

    // A line for every tenth of a file, on a terminal or not.
    private sealed class Tenths(TextWriter error)
    {
        private (string File, long Tenth) _last;

        public void Report(FetchProgress progress)
        {
            if (progress.Trouble is { } trouble)
            {
                error.WriteLine($"{progress.File}: {UserErrors.OneLine(trouble)}");
                return;
            }

            var now = (progress.File, Tenth: progress.Bytes * 10 / progress.Size);
            if (now != _last)
            {
                _last = now;
                error.WriteLine($"{progress.File}: {now.Tenth * 10} % of {Numbers.Count(progress.Size)} bytes");
            }
        }
    }
}
