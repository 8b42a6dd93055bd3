using LossActors.Actors.Persistence;
using LossActors.Actors.Record;

namespace LossActors.Actors.Control;

/// <summary>Steers a run from another shell.</summary>
public sealed class ControlClient(Database database, TimeProvider? time = null)
{
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
        var state = reader.StateOf(run);
        if (!database.IsOwned(run))
        {
            throw new ControlException($"No process works on run {run} (it is {state}), so there is nothing to {command.ToString().ToLowerInvariant()}."
                + (state is "interrupted" or "paused" ? $" `lossactors resume {run}{database.Option}` goes on with it, `lossactors cancel {run}{database.Option}` ends it." : ""));
        }

        var channel = database.Channel(run);
        var posted = channel.Post(command, _time.GetUtcNow());
        var started = _time.GetTimestamp();
        while (_time.GetElapsedTime(started) < patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), _time, cancellation).ConfigureAwait(false);
            if (!channel.IsWaiting(posted) && Shows(command, reader.JournaledStateOf(run)))
            {
                return reader.StateOf(run);
            }
        }

        throw new ControlException($"Run {run} did not {command.ToString().ToLowerInvariant()} within {patience.TotalSeconds:0} seconds; it is {reader.StateOf(run)}. The command "
            + (channel.IsWaiting(posted) ? "has not been taken up: is its process frozen?" : $"has been taken up; look again with `lossactors runs{database.Option}`."));
    }

    private static bool Shows(ControlCommand command, string state) => command switch
    {
        ControlCommand.Pause => state is "paused" or "completed" or "cancelled" or "failed",
        ControlCommand.Resume => state is not "paused",
        ControlCommand.Stop => state is not ("running" or "paused"),
        _ => state is "cancelled" or "completed" or "failed",
    };
}
