using System.Collections.Immutable;
using System.Data.Common;
using LossActors.Actors.Experiments;
using LossActors.Actors.Hosting;
using LossActors.Actors.Hosting.Tls;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
using LossActors.Cli.Display;

namespace LossActors.Cli.Hosting;

/// <summary>What a <see cref="SearchMemberSession"/> works on.</summary>
internal sealed record SearchMemberOptions
{
    /// <summary>Where the run's state lives; shared with the other search nodes.</summary>
    public required Database Database { get; init; }

    /// <summary>The run's id.</summary>
    public required string Run { get; init; }

    /// <summary>The run's experiment.</summary>
    public required Experiment Experiment { get; init; }

    /// <summary>Search nodes that work on it, as <c>host:port</c>.</summary>
    public required ImmutableArray<string> Join { get; init; }

    /// <summary>Address to listen on.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Port to listen on; 0: any.</summary>
    public int Port { get; init; }

    /// <summary>Who this node is to the others, and whom it lets in; null: no TLS.</summary>
    public TlsIdentity? Tls { get; init; }

    /// <summary>Progress goes to stdout as JSON, while the run is here.</summary>
    public bool IsJson { get; init; }
}

/// <summary>
/// A further search node's part in a run, from joining to the run's end: a share of the islands, and the run itself when the nodes before it are gone. A node that the others have removed
/// (it was frozen, or cut off) joins again.
/// </summary>
internal sealed class SearchMemberSession(CliEnvironment environment, SearchMemberOptions options)
{
    // Whether it has been a member: from then on whatever is in the way is waited for.
    private bool _hasJoined;

    /// <summary>Works until the run is over or the node is told to leave.</summary>
    public async Task<ExitCode> WorkAsync(StopSignals signals)
    {
        var (join, port) = (options.Join, options.Port);
        var pace = new RejoinPace(environment.Time);
        while (true)
        {
            pace.Begin();
            var workplace = new ClusterWorkplace
            {
                Command = _ => throw new InvalidOperationException("A further search node starts no evaluators."),
                Host = options.Host,
                Port = port,
                Join = join,
                Tls = options.Tls,
            };
            try
            {
                var (code, others) = await LiveAsync(workplace, signals);
                if (code is { } end)
                {
                    return end;
                }

                join = [.. others.Union(join)];
            }
            catch (NodeEndedException e)
            {
                Say($"{e.Message}; joining again");
            }
            catch (Exception e) when (_hasJoined && e is (DatabaseException or DbException))
            {
                Say($"{e.Message} Trying again");
            }
            catch (TimeoutException)
            {
                Say($"not let in by {string.Join(" or ", join)}: do they work on run {options.Run} in {options.Database.Name}, and {(options.Tls is null ? "without TLS (--tls)" : "do they trust this node's certificate")}? Trying again");
            }
            catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
            {
                return signals.ExitCode;
            }

            port = workplace.BoundPort == 0 ? port : workplace.BoundPort;
            pace.End();
            await Task.Delay(pace.Delay, environment.Time, signals.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (signals.Token.IsCancellationRequested)
            {
                return signals.ExitCode;
            }
        }
    }

    // One node's part. No code: the node ended under it, and others may be there to join.
    private async Task<(ExitCode? Code, ImmutableArray<string> Others)> LiveAsync(ClusterWorkplace workplace, StopSignals signals)
    {
        await using var node = await SearchNode.StartAsync(
            new SearchNodeOptions
            {
                Folder = options.Database.Folder,
                Database = options.Database,
                Run = options.Run,
                Experiment = options.Experiment with { Evaluation = options.Experiment.Evaluation with { Evaluators = 0 } },
                Resume = true,
                Workplace = workplace,
                Time = environment.Time,
            },
            signals.Token);
        _hasJoined = true;
        Say($"joined {string.Join(", ", node.Others)} for run {options.Run} as {workplace.Address}");
        var told = TellAsync(node);
        await signals.OrAsync(node.Completion);

        var others = node.Others;
        var isDismissed = node.Completion.IsCompletedSuccessfully && (await node.Completion).IsDismissed;
        if (isDismissed || !node.Completion.IsCompleted)
        {
            await node.InterruptAsync();
            await told;
            Say(Leaving.Line(options.Run, options.Database, others, options.Tls));
            return (isDismissed ? ExitCode.Done : signals.ExitCode, others);
        }

        var outcome = await node.Completion;
        await node.DisposeAsync();
        await told;
        if (outcome.NodeEnded)
        {
            Say($"removed from the cluster ({outcome.Reason}); joining again");
            return (null, others);
        }

        Say($"run {options.Run} is {outcome.State}{(outcome.Reason is null ? "" : $": {outcome.Reason}")}");
        return (outcome.State is "completed" or "cancelled" ? ExitCode.Done : ExitCode.Error, others);
    }

    private async Task TellAsync(SearchNode node)
    {
        RunView view;
        using (var reader = RecordReader.Open(options.Database))
        {
            view = new RunView(reader.Show(node.Run), reader.Standing(node.Run), environment.Time);
        }

        await using var display = options.IsJson ? new JsonDisplay(environment.Out) : (IRunDisplay)new MemberDisplay(environment.Error);
        await DisplayPump.RunAsync(node.Progress, view, display, environment.Time);
    }

    private void Say(string line) => environment.Error.WriteLine(UserErrors.OneLine(line));
}
