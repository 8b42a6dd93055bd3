using Dapper;
using LossActors.Actors.Persistence;
using Npgsql;

namespace LossActors.Actors.Control;

/// <summary>
/// An advisory lock of PostgreSQL, held by a session of its own. A restart of the server, or of the way to it, ends the session and with it the lock: it is taken again as soon as
/// the server is there, and lost if somebody else was quicker. (Two owners at once could not spoil a journal: the second one's rows are refused for their numbers.)
/// </summary>
internal sealed class AdvisoryRunLock : IRunLock
{
    private const int Attempts = 10;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan s_longestPatience = TimeSpan.FromSeconds(5);

    private readonly PostgresDatabase _database;
    private readonly string _run;
    private readonly AdvisoryKey _key;
    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _watch;
    private NpgsqlConnection? _connection;
    private AdvisoryKey.Session _session;

    private AdvisoryRunLock(PostgresDatabase database, string run, NpgsqlConnection connection)
    {
        (_database, _run, _key, _connection) = (database, run, new AdvisoryKey(run), connection);
        _session = AdvisoryKey.Of(connection);
        _watch = WatchAsync();
    }

    public Task<string> Lost => _lost.Task;

    /// <summary>Takes a run's lock.</summary>
    /// <param name="database">Where the run is.</param>
    /// <param name="run">Its id.</param>
    /// <param name="isDecided">This process is to have it, whoever else has: his session is ended. A process that is frozen keeps its session, and finds out when it wakes up.</param>
    /// <exception cref="RunOwnedException">Another process owns the run.</exception>
    public static AdvisoryRunLock Take(PostgresDatabase database, string run, bool isDecided = false) => database.Guarded(() =>
    {
        var connection = database.Connect();
        try
        {
            // The session of a process that has just died is gone a moment later, so one refusal proves nothing.
            var key = new AdvisoryKey(run);
            for (var attempt = 1; !key.TryTake(connection); attempt++)
            {
                if (attempt == Attempts)
                {
                    throw new RunOwnedException(run, database.Option);
                }

                if (isDecided && attempt == Attempts / 2 && key.Holder(connection) is { } holder)
                {
                    End(connection, holder);
                }

                Thread.Sleep(s_patience);
            }

            return new AdvisoryRunLock(database, run, connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    });

    public void Dispose()
    {
        _end.Cancel();
        // The connection is the watch's: it may be in use.
        _watch.Wait();
        _end.Dispose();
    }

    private static void End(NpgsqlConnection connection, AdvisoryKey.Session session) => connection.Execute("SELECT pg_terminate_backend(@Pid)", new { session.Pid });

    private async Task WatchAsync()
    {
        var patience = s_interval;
        while (!_lost.Task.IsCompleted)
        {
            await Task.Delay(patience, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_end.IsCancellationRequested)
            {
                break;
            }

            try
            {
                Look();
                patience = s_interval;
            }
            catch (Exception e) when (DatabaseTrouble.Is(e) || e is InvalidOperationException)
            {
                patience = _connection is not null ? s_patience : 2 * patience < s_longestPatience ? 2 * patience : s_longestPatience;
                Drop();
            }
        }

        Release();
    }

    private void Look()
    {
        if (_connection is not null)
        {
            _connection.Execute("SELECT 1", commandTimeout: 5);
            return;
        }

        _connection = _database.Connect();
        if (_key.TryTake(_connection))
        {
            _session = AdvisoryKey.Of(_connection);
        }
        else if (_key.Holder(_connection) == _session)
        {
            // Our own session, which the server has not missed yet.
            End(_connection, _session);
            Drop();
        }
        else
        {
            _lost.TrySetResult($"the connection to {_database.Name} was lost, and meanwhile another process took over run {_run}");
        }
    }

    private void Drop()
    {
        _connection?.Dispose();
        _connection = null;
    }

    // Said, and not only hung up, so that whoever is told of the end finds the run free.
    private void Release()
    {
        try
        {
            _connection?.Execute("SELECT pg_advisory_unlock_all()", commandTimeout: 5);
        }
        catch (Exception e) when (DatabaseTrouble.Is(e) || e is InvalidOperationException)
        {
            // The session is gone, or goes with the connection.
        }

        Drop();
    }
}
