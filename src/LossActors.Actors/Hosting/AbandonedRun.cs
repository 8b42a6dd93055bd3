using LossActors.Actors.Persistence;
using LossActors.Actors.Record;

namespace LossActors.Actors.Hosting;

/// <summary>Ends runs that no process works on.</summary>
public static class AbandonedRun
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Owns an interrupted or paused run just long enough to cancel it. Needs neither its data nor evaluators.</summary>
    /// <returns>The run's state then: <c>cancelled</c>, or <c>completed</c> if nothing but its last word was missing.</returns>
    /// <exception cref="Control.RunOwnedException">Another process works on it after all.</exception>
    /// <exception cref="DatabaseException">The database cannot be used.</exception>
    public static async Task<string> CancelAsync(Database database, string run, TimeProvider time, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        RunDetails stored;
        using (var reader = RecordReader.Open(database))
        {
            stored = reader.Show(run);
        }

        var options = new SearchNodeOptions
        {
            Folder = database.Folder,
            Database = database,
            Run = run,
            Experiment = stored.Experiment,
            Resume = true,
            Workplace = new EmptyWorkplace(),
            Time = time,
            Inspect = _ => new TaskFacts(stored.DataHash, stored.Metric),
        };
        await using var node = await SearchNode.StartAsync(options, cancellation).ConfigureAwait(false);
        node.Cancel();
        return (await node.Completion.WaitAsync(s_patience, time, cancellation).ConfigureAwait(false)).State;
    }
}
