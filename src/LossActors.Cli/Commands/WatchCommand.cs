using System.CommandLine;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using LossActors.Actors.Control;
using LossActors.Actors.Record;
using LossActors.Cli.Display;
using LossActors.Cli.Hosting;
using LossActors.Cli.Output;
using LossActors.Evolution.Candidates;
using LossActors.Learning.Losses;

namespace LossActors.Cli.Commands;

/// <summary><c>watch RUN</c>: a live view of a run that another process works on, from its record.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(500);

    public static Command Create(CliEnvironment environment)
    {
        var run = CommonOptions.Run();
        var dataDir = CommonOptions.DataDir();
        var progress = CommonOptions.Progress();
        var json = new Option<bool>("--json") { Description = "Print how the run stands at the end as JSON." };
        var command = new Command("watch", "Shows a run while another process works on it.") { run, dataDir, progress, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var signals = new StopSignals(environment, cancellation);
            using var store = RunStore.Open(DatabaseSetting.Of(environment, parsed.GetRequiredValue(dataDir)), parsed.GetRequiredValue(run), out var id);
            var channel = Channel.CreateUnbounded<SearchProgress>();
            var past = store.Reader.Standing(id);
            var view = new RunView(store.Reader.Show(id), past, environment.Time);
            await using (var display = Displays.Create(parsed.GetRequiredValue(progress), environment))
            {
                var shown = DisplayPump.RunAsync(channel.Reader, view, display, environment.Time);
                await FollowAsync(store.Reader, id, past.Evaluations, channel.Writer, environment.Time, signals.Token);
                await shown;
            }

            // Looking away from a run leaves it alone.
            var details = store.Reader.Show(id);
            if (parsed.GetValue(json) || parsed.GetRequiredValue(progress) == "json")
            {
                JsonOutput.WriteLine(environment.Out, new JsonObject { ["event"] = details.State, ["result"] = RunJson.Details(details) });
            }
            else
            {
                RunTables.WriteDetails(environment, details);
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Individual? Individual(HallOfFameRow row) =>
        LossText.Of(row) is LossFunction.Symbolic loss ? new Individual(CandidateId.Parse(row.Candidate), loss.Expression, row.SearchFitness) : null;

    private static async Task FollowAsync(
        RecordReader reader, string run, int known, ChannelWriter<SearchProgress> progress, TimeProvider time, CancellationToken stop)
    {
        var state = "";
        while (!stop.IsCancellationRequested)
        {
            var details = reader.Show(run);
            if (details.Evaluations > known)
            {
                var candidates = reader.Candidates(run);
                var trained = candidates.Take(known).Count(c => c.Verdict == "trained");
                foreach (var candidate in candidates.Skip(known))
                {
                    trained += candidate.Verdict == "trained" ? 1 : 0;
                    progress.TryWrite(new SearchProgress.CandidateJudged(candidate, ++known, trained));
                }

                progress.TryWrite(new SearchProgress.HallOfFameChanged(
                    [.. details.HallOfFame.Select(Individual).OfType<Individual>()]));
            }

            if (details.State != state)
            {
                progress.TryWrite(new SearchProgress.StateChanged(state = details.State, details.Reason));
            }

            if (state is not ("running" or "paused"))
            {
                break;
            }

            await Task.Delay(s_interval, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        progress.Complete();
    }
}
