using LossActors.Actors.Control;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
using LossActors.Actors.Runs;

namespace LossActors.Actors.Hosting;

/// <summary>
/// A node's right to work on a run: the run's lock while it has it, and with what the run is opened. The founder of a cluster has it from the start and opens the run as its user
/// asked; whoever succeeds it takes the lock over and opens the run as it is.
/// </summary>
internal sealed class RunOwnership : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Database _database;
    private readonly string _run;
    private RunOpening? _first;
    private IRunLock? _lock;

    private RunOwnership(Database database, string run) => (_database, _run) = (database, run);

    /// <summary>Set when another process has the run in spite of the lock: why.</summary>
    public Task<string> Lost => _lost.Task;

    /// <summary>A founder's: takes the lock.</summary>
    /// <exception cref="RunOwnedException">Another process works on the run.</exception>
    public static RunOwnership Found(Database database, string run, RunOpening opening)
    {
        var ownership = new RunOwnership(database, run) { _first = opening };
        ownership.Hold(database.Own(run));
        return ownership;
    }

    /// <summary>A successor's, who has nothing yet.</summary>
    public static RunOwnership Later(Database database, string run) => new(database, run);

    /// <summary>The cluster has decided that this node works on the run.</summary>
    /// <returns>With what it is opened.</returns>
    /// <exception cref="DatabaseException">The database cannot be used; try again.</exception>
    public RunOpening Open()
    {
        lock (_gate)
        {
            var first = _first;
            _first = null;
            if (_lock is null)
            {
                Hold(_database.TakeOver(_run));
            }

            return first ?? TakenOver();
        }
    }

    /// <summary>Lets go of the run.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _lock?.Dispose();
            _lock = null;
        }
    }

    private RunOpening TakenOver()
    {
        using var reader = RecordReader.Open(_database);
        var stored = reader.Show(_run);
        return new RunOpening(stored.Experiment, stored.DataHash, stored.Metric, stored.Versions, TimeSpan.FromSeconds(stored.ElapsedSeconds)) { Founded = stored.Founded, IsTakeover = true };
    }

    private void Hold(IRunLock taken)
    {
        _lock = taken;
        taken.Lost.ContinueWith(lost => _lost.TrySetResult(lost.Result), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }
}
