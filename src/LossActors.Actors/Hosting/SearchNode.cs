using System.Collections.Immutable;
using System.Threading.Channels;
using Akka.Actor;
using Akka.Cluster;
using LossActors.Actors.Control;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
using LossActors.Actors.Runs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LossActors.Actors.Hosting;

/// <summary>
/// A process's search node: owns one run from its lock to its last event. New and resumed runs take the same way, since a new run is one whose
/// journal is empty.
/// </summary>
public sealed class SearchNode : IAsyncDisposable
{
    // Machines that are busy with other searches take their time to start one more.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan s_end = TimeSpan.FromSeconds(5);

    // Islands and run are handed over to other nodes first.
    private static readonly TimeSpan s_handover = TimeSpan.FromSeconds(15);

    private readonly Channel<SearchProgress> _progress = Channel.CreateUnbounded<SearchProgress>(new() { SingleReader = true });
    private readonly TaskCompletionSource<RunOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RunOwnership _ownership;
    private readonly IHost _host;
    private readonly string _log;
    private readonly bool _isSpread;
    private IActorRef _search = ActorRefs.Nobody;
    private ImmutableArray<string> _othersAtEnd;
    private int _ended;

    private SearchNode(SearchNodeOptions options, string dataHash, ImmutableArray<string> notices, RunOwnership ownership)
    {
        Run = options.Run;
        Notices = notices;
        _ownership = ownership;
        _isSpread = options.IsSpread;
        _host = SearchHost.Build(options, dataHash);
        _log = options.Folder.LogOf(options.Run);
    }

    /// <summary>The run's id.</summary>
    public string Run { get; }

    /// <summary>What the user should know of how the run was opened, one line each.</summary>
    public ImmutableArray<string> Notices { get; }

    private string Ended => $"its node ended; {_log} says why";

    internal ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    /// <summary>Other search nodes that work on the run, as <c>host:port</c>: with them it goes on when this one is gone.</summary>
    public ImmutableArray<string> Others => !_othersAtEnd.IsDefault ? _othersAtEnd : _isSpread ? SearchMembers.Others(System) : [];

    /// <summary>What happens, as it happens; ends with the node. One reader.</summary>
    public ChannelReader<SearchProgress> Progress => _progress.Reader;

    /// <summary>How it ended; the record shows it by then.</summary>
    public Task<RunOutcome> Completion => _completion.Task;

    /// <summary>
    /// Founds or resumes a run and starts working on it; returns when the run's journal is open and the record shows the run. Where the workplace joins other search nodes, which work on
    /// the run already: takes a share of its islands, and the run itself when those before it are gone; returns when the node is a member.
    /// </summary>
    /// <exception cref="ResumeRefusedException">It cannot be resumed with these settings.</exception>
    /// <exception cref="UnknownRunException">There is no such run to resume.</exception>
    /// <exception cref="RunOwnedException">Another process works on it.</exception>
    /// <exception cref="DatabaseException">The database cannot be used.</exception>
    /// <exception cref="NodeEndedException">The node ended before it was open.</exception>
    public static async Task<SearchNode> StartAsync(SearchNodeOptions options, CancellationToken cancellation = default)
    {
        if (options.Workplace.IsJoining)
        {
            return await JoinAsync(options, cancellation).ConfigureAwait(false);
        }

        // Before anything is written: data that cannot be loaded leaves no trace.
        var opening = RunOpenings.Prepare(options);
        options = options with { Founded = opening.Founded };
        var isOurs = !Directory.Exists(options.Folder.Root);
        options.Database.Initialise();
        var node = new SearchNode(options, opening.DataHash, opening.Notices, RunOwnership.Found(options.Database, options.Run, opening));
        try
        {
            await node.OpenAsync(options, cancellation).ConfigureAwait(false);
            return node;
        }
        catch (Exception e)
        {
            await node.DisposeAsync().ConfigureAwait(false);

            // A port that is taken, say: the folder was made a moment ago and holds no run. Where the journal does not answer, or the node ended, its log says why.
            if (isOurs && Directory.Exists(options.Folder.Root) && e is not (DatabaseException or NodeEndedException) && HoldsNoOtherRun(options))
            {
                Directory.Delete(options.Folder.Root, recursive: true);
            }

            throw;
        }
    }

    /// <summary>Keeps in-flight work and waits.</summary>
    public void Pause() => _search.Tell(new RunMessages.Pause());

    /// <summary>Goes on after a pause.</summary>
    public void Resume() => _search.Tell(new RunMessages.Resume());

    /// <summary>Finishes what was proposed, then ends.</summary>
    public void Stop(string reason) => _search.Tell(new RunMessages.Stop(reason));

    /// <summary>Ends now.</summary>
    public void Cancel() => _search.Tell(new RunMessages.Cancel());

    /// <summary>Ends the run as failed: it cannot go on, for a reason outside it.</summary>
    public void Fail(string reason) => _search.Tell(new RunMessages.Fail(reason));

    /// <summary>
    /// Leaves the run to be resumed, or to the other search nodes: takes no more results and lets go. What was acknowledged is saved already.
    /// </summary>
    public async Task InterruptAsync()
    {
        await EndAsync().ConfigureAwait(false);
        _completion.TrySetResult(new RunOutcome("interrupted", 0, null));
    }

    /// <summary>Ends the node; a run that is not over stays resumable.</summary>
    public async ValueTask DisposeAsync() => await InterruptAsync().ConfigureAwait(false);

    // Another process may have come to the same folder meanwhile.
    private static bool HoldsNoOtherRun(SearchNodeOptions options) =>
        !Directory.Exists(options.Folder.Runs) || Directory.EnumerateFiles(options.Folder.Runs).All(file => file == options.Folder.LockOf(options.Run));

    // The run's own data need not be on this machine: islands train nothing.
    private static async Task<SearchNode> JoinAsync(SearchNodeOptions options, CancellationToken cancellation)
    {
        string dataHash;
        using (var reader = RecordReader.Open(options.Database))
        {
            var stored = reader.Show(options.Run);
            var evaluation = stored.Experiment.Evaluation with { Evaluators = options.Experiment.Evaluation.Evaluators, Devices = options.Experiment.Evaluation.Devices };
            (options, dataHash) = (options with { Experiment = stored.Experiment with { Evaluation = evaluation }, Founded = stored.Founded }, stored.DataHash);
        }

        var node = new SearchNode(options, dataHash, [], RunOwnership.Later(options.Database, options.Run));
        try
        {
            await node.OpenAsync(options, cancellation).ConfigureAwait(false);
            return node;
        }
        catch
        {
            await node.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task OpenAsync(SearchNodeOptions options, CancellationToken cancellation)
    {
        await _host.StartAsync(cancellation).ConfigureAwait(false);
        var system = System;
        var setup = new SearchSetup(
            options.Database, options.Run, options.Workplace.Broker(system), null, options.Time, _progress.Writer,
            new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously),
            new(TaskCreationOptions.RunContinuationsAsynchronously));
        await WhileAliveAsync(ProbeAsync(system, options, cancellation)).ConfigureAwait(false);
        if (options.Workplace.IsJoining)
        {
            // The run is there already: membership is all that it waits for.
            Cluster.Get(system).RegisterOnMemberUp(() => setup.Opened.TrySetResult());
        }

        system.ActorOf(Props.Create(() => new Usher(() => _completion.TrySetResult(new RunOutcome("interrupted", 0, null) { IsDismissed = true }))), Usher.Name);
        _ = CompleteAsync(setup.Ended.Task, setup.Stuck.Task, _ownership.Lost, system.WhenTerminated);
        if (options.IsSpread)
        {
            _search = SpreadSearch.Start(system, options, _ownership, setup);
        }
        else
        {
            var opening = _ownership.Open();
            _search = system.ActorOf(Props.Create(() => new SearchActor(setup, opening)), "search");
        }

        await WhileAliveAsync(setup.Opened.Task.WaitAsync(s_patience, options.Time, cancellation)).ConfigureAwait(false);
    }

    // Nobody in an actor system that has ended answers any more, and nobody says so.
    private async Task WhileAliveAsync(Task step)
    {
        if (await Task.WhenAny(step, System.WhenTerminated).ConfigureAwait(false) != step)
        {
            throw new NodeEndedException(Ended);
        }

        await step.ConfigureAwait(false);
    }

    private static async Task ProbeAsync(ActorSystem system, SearchNodeOptions options, CancellationToken cancellation)
    {
        try
        {
            await (options.Workplace.IsJoining
                ? JournalProbe.ListenAsync(system, options.Run, s_patience, cancellation)
                : JournalProbe.SingAsync(system, options.Run, s_patience, cancellation)).ConfigureAwait(false);
        }
        catch (AskTimeoutException e)
        {
            throw new DatabaseException($"The journal in {options.Database.Name} does not answer; {options.Folder.LogOf(options.Run)} says more.", e);
        }
    }

    private async Task CompleteAsync(Task<RunMessages.Over> ended, Task<string> stuck, Task<string> lost, Task terminated)
    {
        var first = await Task.WhenAny(ended, stuck, lost, terminated).ConfigureAwait(false);
        if (first == lost)
        {
            // Not one row more: the run is somebody else's. A node that has left knows nobody any more.
            _othersAtEnd = Others;
            await System.Terminate().ConfigureAwait(false);
        }

        if (first == lost && _isSpread)
        {
            // As if the others had removed this node: they have gone on without it.
            _completion.TrySetResult(new RunOutcome("interrupted", 0, await lost.ConfigureAwait(false)) { NodeEnded = true });
        }
        else if (first == terminated)
        {
            // Not by this class: the cluster has downed the node, say, or Akka.Remote gave up for a peer whose port no longer speaks TLS. A run that has let go already has its outcome.
            if (Volatile.Read(ref _ended) == 0)
            {
                _completion.TrySetResult(new RunOutcome("interrupted", 0, Ended) { NodeEnded = true });
            }
        }
        else if (first is Task<string> obstacle)
        {
            _completion.TrySetResult(new RunOutcome("interrupted", 0, await obstacle.ConfigureAwait(false)));
        }
        else
        {
            var over = await ended.ConfigureAwait(false);
            var losses = over.State.Phase == RunPhase.Completed ? Measurements.Rank(over.State.Finalists, over.State.Fresh).Length + NeuralSearch.Rank(over.State).Length : 0;
            _completion.TrySetResult(new RunOutcome(over.State.Phase.ToString().ToLowerInvariant(), losses, over.Reason));
        }

        _progress.Writer.TryComplete();
    }

    private async Task EndAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            using var patience = new CancellationTokenSource(_isSpread ? s_handover : s_end);
            try
            {
                await _host.StopAsync(patience.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Whatever still hangs must not keep the user: everything acknowledged is on disk.
            }

            _host.Dispose();
            _progress.Writer.TryComplete();
            _ownership.Dispose();
        }
    }
}
