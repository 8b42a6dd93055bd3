using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
using LossActors.Actors.Runs;

namespace LossActors.Actors.Control;

/// <summary>Steers a run from another shell.</summary>
public sealed class ControlClient(Database database, TimeProvider? time = null)
{
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Sends a command to the owner of a run and waits until it shows.</summary>
    /// <param name="run">The run's full id.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="patience">How long to wait for it to show.</param>
    /// <param name="cancellation">Ends the waiting; the command stays sent.</param>
    /// <returns>The state of the run then. After <see cref="ControlCommand.Stop"/> that may still be <c>running</c>: finishing takes its time.</returns>
    /// <exception cref="ControlException">Nobody owns the run, or the owner does not answer in time.</exception>
    public async Task<string> SendAsync(string run, ControlCommand command, TimeSpan patience, CancellationToken cancellation = default)
    {
        using var reader = RecordReader.Open(database);
        var word = command.ToString().ToLowerInvariant();
        return await SendAsync(run, new ControlRequest(command), reader, $"to {word}", () => Shows(command, reader.JournaledStateOf(run)), patience, cancellation).ConfigureAwait(false)
            ? reader.StateOf(run)
            : throw new ControlException(
                $"Run {run} did not {word} within {patience.TotalSeconds:0} seconds; it is {reader.StateOf(run)}. The command has been taken up; look again with `lossactors runs{database.Option}`.");
    }

    /// <summary>Has the owner of a run change the search, and waits until the change is journaled.</summary>
    /// <param name="run">The run's full id.</param>
    /// <param name="amendment">The change.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellation">Ends the waiting; the command stays sent.</param>
    /// <returns>The change as it is recorded.</returns>
    /// <exception cref="AmendmentException">The search cannot be changed so.</exception>
    /// <exception cref="ControlException">Nobody owns the run, or the owner does not answer in time.</exception>
    public async Task<AmendmentRow> AmendAsync(string run, Amendment amendment, TimeSpan patience, CancellationToken cancellation = default)
    {
        using var reader = RecordReader.Open(database);
        RequireSound(reader.Show(run), amendment);
        var id = Guid.NewGuid().ToString("N");
        AmendmentRow? made = null;
        var isMade = await SendAsync(
            run, new ControlRequest(ControlCommand.Amend, id, amendment), reader, "to change",
            () => (made = reader.Amendments(run).FirstOrDefault(row => row.Request == id)) is not null, patience, cancellation).ConfigureAwait(false);
        return isMade
            ? made!
            : throw new ControlException($"Run {run} was not changed within {patience.TotalSeconds:0} seconds; it is {reader.StateOf(run)}. Its owner has heard of it, and says why not where it works.");
    }

    /// <summary>Has a node of a run finish what it does and leave, and waits until it is gone.</summary>
    /// <param name="run">The run's full id.</param>
    /// <param name="node">Its address, as <c>host:port</c>.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellation">Ends the waiting; the node leaves all the same.</param>
    /// <exception cref="ControlException">Nobody owns the run, it has no such node, or the node does not leave in time.</exception>
    public async Task DrainAsync(string run, string node, TimeSpan patience, CancellationToken cancellation = default)
    {
        using var reader = RecordReader.Open(database);
        var nodes = reader.Show(run).Nodes;
        if (database.IsOwned(run) && nodes.All(n => n.Address != node))
        {
            throw new ControlException(nodes.IsEmpty
                ? $"Run {run} has no nodes that could leave."
                : $"Run {run} has no node {node}; it has {string.Join(", ", nodes.Select(n => $"{n.Address} ({n.Role})"))}.");
        }

        var request = new ControlRequest(ControlCommand.Drain, Guid.NewGuid().ToString("N"), Node: node);
        if (!await SendAsync(run, request, reader, "to leave", () => reader.Show(run).Nodes is { IsEmpty: false } now && now.All(n => n.Address != node), patience, cancellation).ConfigureAwait(false))
        {
            throw new ControlException($"Node {node} has not left within {patience.TotalSeconds:0} seconds. It has been asked to, and does so when its work is done.");
        }
    }

    // The owner decides, but what it would decide now can be said at once.
    private static void RequireSound(RunDetails run, Amendment amendment)
    {
        if (amendment is Amendment.Inject inject)
        {
            Amendments.Injection(run.Experiment, [], inject);
        }
        else
        {
            Amendments.Amend(run.Experiment, amendment);
        }
    }

    // Whether it showed in time.
    private async Task<bool> SendAsync(
        string run, ControlRequest request, RecordReader reader, string purpose, Func<bool> shows, TimeSpan patience, CancellationToken cancellation)
    {
        if (!database.IsOwned(run))
        {
            var state = reader.StateOf(run);
            throw new ControlException($"No process works on run {run} (it is {state}), so there is nothing {purpose}."
                + (state is "interrupted" or "paused" ? $" `lossactors resume {run}{database.Option}` goes on with it, `lossactors cancel {run}{database.Option}` ends it." : ""));
        }

        var channel = database.Channel(run);
        var posted = channel.Post(request, _time.GetUtcNow());
        var (started, asked) = (_time.GetTimestamp(), _time.GetTimestamp());
        while (_time.GetElapsedTime(started) < patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), _time, cancellation).ConfigureAwait(false);
            var isWaiting = channel.IsWaiting(posted);
            if (!isWaiting && shows())
            {
                return true;
            }

            // An owner that begins throws away what was asked of the one before it, or dies with what it has taken. Asking twice changes nothing.
            if (!isWaiting && _time.GetElapsedTime(asked) >= s_again)
            {
                (posted, asked) = (channel.Post(request, _time.GetUtcNow()), _time.GetTimestamp());
            }
        }

        return channel.IsWaiting(posted)
            ? throw new ControlException($"Run {run} has not taken up the command within {patience.TotalSeconds:0} seconds; it is {reader.StateOf(run)}. Is its process frozen?")
            : false;
    }

    private static bool Shows(ControlCommand command, string state) => command switch
    {
        ControlCommand.Pause => state is "paused" or "completed" or "cancelled" or "failed",
        ControlCommand.Resume => state is not "paused",
        ControlCommand.Stop => state is not ("running" or "paused"),
        _ => state is "cancelled" or "completed" or "failed",
    };
}
