using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json.Nodes;
using LossActors.Actors.Experiments;
using LossActors.Actors.Hosting;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
using LossActors.Cli.Display;
using LossActors.Cli.Output;
using LossActors.Learning.Native;

namespace LossActors.Cli.Hosting;

/// <summary>Works on one run, new or resumed, from the checks before anything is written to the hall of fame.</summary>
internal sealed class RunSession(CliEnvironment environment, RunSessionOptions options)
{
    // Whatever ends a node again and again, soon after its start, is not cured by another one.
    private const int MostShortLives = 5;
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);

    // Whether some node of this process has had the run, so that it is there to go on with.
    private bool _isOpen;

    /// <summary>
    /// Works until the run is over or somebody wants it saved. A node that ends under the run is followed by another on the same port, which goes on from the journal, or where other
    /// search nodes have gone on meanwhile, joins them.
    /// </summary>
    public async Task<ExitCode> WorkAsync(CancellationToken cancellation)
    {
        using var signals = new StopSignals(environment, cancellation);
        using var tls = options.Tls;
        RequireDevices(options.Experiment.Evaluation);
        HostPort.Require(options.Host, options.Port);
        var workplace = Workplace(options.Port, join: []);
        if (tls is null && !HostPort.IsLoopback(options.Host))
        {
            environment.Error.WriteLine($"whoever reaches {Shown.Bare(options.Host)} can join this search; --tls lets in only those with a certificate");
        }

        var pace = new RejoinPace(environment.Time);
        while (true)
        {
            pace.Begin();
            var (code, reason, others) = await LiveAsync(workplace, signals);
            if (code is { } end)
            {
                return end;
            }

            pace.End();
            if (others.IsEmpty && pace.ShortLives >= MostShortLives)
            {
                return _isOpen ? Conclude(options.Run, "interrupted", reason) : throw new CliException($"{options.Run} could not be started: {reason}", ExitCode.Environment);
            }

            environment.Error.WriteLine(others.IsEmpty
                ? $"{reason}; going on from the journal"
                : $"{reason}; joining {string.Join(", ", others)}, where the run goes on: lossactors watch {options.Run}{options.Database.Option}");
            if (!others.IsEmpty)
            {
                await Task.Delay(pace.Delay, environment.Time, signals.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            workplace = Workplace(workplace.BoundPort == 0 ? options.Port : workplace.BoundPort, others);
        }
    }

    private ClusterWorkplace Workplace(int port, ImmutableArray<string> join) => new()
    {
        Command = launch => EvaluatorCommandLine.For(launch, options.Experiment.Evaluation.LibTorch, options.Tls?.Source),
        Host = options.Host,
        Port = port,
        Join = join,
        Tls = options.Tls,
    };

    // One node's part in the run. No code: the node ended under it, and the run goes on without it or can.
    private async Task<(ExitCode? Code, string? Reason, ImmutableArray<string> Others)> LiveAsync(ClusterWorkplace workplace, StopSignals signals)
    {
        var isResumed = options.Resume || _isOpen;
        SearchNode node;
        try
        {
            node = await StartAsync(workplace, isResumed, signals.Token);
        }
        catch (NodeEndedException e)
        {
            return (null, e.Message, workplace.Join);
        }
        catch (TimeoutException) when (workplace.IsJoining)
        {
            return (null, "the other search nodes do not answer", await IsOwnedAsync(signals) ? workplace.Join : []);
        }
        catch (Exception e) when (_isOpen && e is (DatabaseException or DbException))
        {
            environment.Error.WriteLine(UserErrors.OneLine($"{e.Message} Trying again"));
            return (null, $"{options.Database.Name} was away", await IsOwnedAsync(signals) ? workplace.Join : []);
        }

        await using var _ = node;
        if (!_isOpen)
        {
            // The first line of stdout, alone: scripts read it.
            environment.Out.WriteLine(node.Run);
            await environment.Out.FlushAsync(CancellationToken.None);
            _isOpen = true;
        }

        foreach (var notice in node.Notices)
        {
            environment.Error.WriteLine(notice);
        }

        var shown = ShowAsync(node, workplace, isResumed);
        await signals.OrAsync(node.Completion);

        var others = node.Others;
        var isDismissed = node.Completion.IsCompletedSuccessfully && (await node.Completion).IsDismissed;
        if (isDismissed || !node.Completion.IsCompleted)
        {
            await node.InterruptAsync();
            await shown;
            if (StateOf(node.Run) is ("completed" or "cancelled" or "failed") and var end)
            {
                // It was over before it could be interrupted.
                return (Conclude(node.Run, end, reason: null), null, []);
            }

            if (options.Json)
            {
                JsonOutput.WriteLine(environment.Out, new JsonObject { ["event"] = "interrupted", ["run"] = node.Run });
            }

            environment.Error.WriteLine(Leaving.Line(node.Run, options.Database, others, workplace.Tls));
            return (isDismissed ? ExitCode.Interrupted : signals.ExitCode, null, []);
        }

        var outcome = await node.Completion;
        await node.DisposeAsync();
        await shown;
        return outcome.NodeEnded ? (null, outcome.Reason, others) : (Conclude(node.Run, outcome.State, outcome.Reason), null, []);
    }

    // Whether other nodes have the run, as soon as the database says.
    private async Task<bool> IsOwnedAsync(StopSignals signals)
    {
        while (true)
        {
            try
            {
                return options.Database.IsOwned(options.Run);
            }
            catch (Exception e) when (e is DatabaseException or DbException)
            {
                await Task.Delay(s_look, environment.Time, signals.Token);
            }
        }
    }

    /// <summary>Prints how a run that is over ended.</summary>
    public ExitCode Conclude(string run, string state, string? reason)
    {
        using var reader = RecordReader.Open(options.Database);
        var details = reader.Show(run);
        var isBaseline = details.Experiment.Search.Method == SearchMethod.Baseline;
        if (options.Json)
        {
            JsonOutput.WriteLine(environment.Out, new JsonObject { ["event"] = state, ["result"] = RunJson.Details(details) });
        }
        else if (!details.HallOfFame.IsEmpty || isBaseline)
        {
            RunTables.WriteHallOfFame(environment, details);
        }

        var why = reason is null ? "" : $": {UserErrors.OneLine(reason)}";
        switch (state)
        {
            case "completed" when details.HallOfFame.IsEmpty && !isBaseline:
                environment.Error.WriteLine($"lossactors: {run} found no valid loss: every candidate was rejected or diverged; try more --evaluations or other training settings");
                return ExitCode.NoValidLoss;
            case "completed":
                environment.Error.WriteLine($"done; a report with plots: lossactors report {run}{options.Database.Option}");
                return ExitCode.Done;
            default:
                environment.Error.WriteLine($"lossactors: {run} is {state}{why}");
                return ExitCode.Error;
        }
    }

    private string StateOf(string run)
    {
        using var reader = RecordReader.Open(options.Database);
        return reader.StateOf(run);
    }

    // Whatever is missing is told before a folder or a run is made.
    private static void RequireDevices(EvaluationSettings evaluation)
    {
        if (evaluation.Evaluators == 0)
        {
            return;
        }

        TorchLibrary.Load(evaluation.LibTorch);
        foreach (var device in evaluation.Devices.Distinct())
        {
            Devices.Ensure(device);
        }
    }

    private async Task<SearchNode> StartAsync(ClusterWorkplace workplace, bool isResumed, CancellationToken cancellation) =>
        await SearchNode.StartAsync(
            new SearchNodeOptions
            {
                Folder = options.Database.Folder,
                Database = options.Database,
                Run = options.Run,
                Experiment = options.Experiment,
                Resume = isResumed,
                Workplace = workplace,
                Time = environment.Time,
            },
            cancellation);

    private async Task ShowAsync(SearchNode node, ClusterWorkplace workplace, bool isResumed)
    {
        RunView view;
        using (var reader = RecordReader.Open(options.Database))
        {
            var run = reader.Show(node.Run);

            // What is judged while this is read comes through the channel as well, so only what was there before counts.
            view = new RunView(run, isResumed ? reader.Standing(node.Run) : null, environment.Time);
        }

        if (options.Experiment.Evaluation.Evaluators == 0)
        {
            // Whatever the display: nothing happens until somebody does this.
            environment.Error.WriteLine($"{node.Run} has no evaluators of its own and waits for others; start one with: lossactors node --role evaluator --join {workplace.Address}{TlsOption.Of(workplace.Tls)}");
        }
        else if (options.Progress != "none" && !options.Json)
        {
            environment.Error.WriteLine($"evaluators elsewhere join with: lossactors node --role evaluator --join {workplace.Address}{TlsOption.Of(workplace.Tls)}");
        }

        await using var display = Displays.Create(options.Progress, environment);
        await DisplayPump.RunAsync(node.Progress, view, display, environment.Time);
    }
}
