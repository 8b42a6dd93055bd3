using System.Collections.Concurrent;
using System.Data;
using Microsoft.Data.Sqlite;

namespace LossActors.Actors.Persistence;

/// <summary>
/// A connection whose transactions wait for their turn among all of this process on the same database. SQLite has one writer at a time, and who finds it busy sleeps and
/// looks again, up to a tenth of a second too late; journal, snapshots and record would sleep while nobody writes. Other processes are waited for as ever.
/// </summary>
internal sealed class TurnTakingConnection(string connectionString) : SqliteConnection(connectionString)
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> s_turns = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim _turn = s_turns.GetOrAdd(new SqliteConnectionStringBuilder(connectionString).DataSource, _ => new SemaphoreSlim(1));
    private bool _isOurs;

    protected override SqliteTransaction? Transaction
    {
        get => base.Transaction;
        set
        {
            base.Transaction = value;
            if (value is null)
            {
                End();
            }
        }
    }

    public override SqliteTransaction BeginTransaction(IsolationLevel isolationLevel, bool deferred)
    {
        _turn.Wait();
        _isOurs = true;
        try
        {
            return base.BeginTransaction(isolationLevel, deferred);
        }
        catch
        {
            End();
            throw;
        }
    }

    private void End()
    {
        if (_isOurs)
        {
            _isOurs = false;
            _turn.Release();
        }
    }
}
