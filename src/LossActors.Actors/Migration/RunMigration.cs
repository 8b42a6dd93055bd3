using System.Data.Common;
using Dapper;
using LossActors.Actors.Control;
using LossActors.Actors.Persistence;

namespace LossActors.Actors.Migration;

/// <summary>
/// Copies a run from one database to another: its journals, their snapshots, and what the record has of it, in one transaction of the target. The source stays
/// as it is. The copy is the same run: shown, verified and gone on with as the original would be.
/// </summary>
public static class RunMigration
{
    private const string Journal = "journal";
    private const string Snapshot = "snapshot";

    // Of the record; each has the run in a column of that name.
    private static readonly string[] s_tables =
    [
        "run_facts", "run_intervals", "grants", "births", "tallies", "migrants", "resets", "island_tasks", "amendments", "replicates", "fitness_parts", "refinements", "baselines", "hall_of_fame",
    ];

    /// <summary>Copies a run. The target is made where it is missing.</summary>
    /// <param name="source">Where it is; no process may work on it.</param>
    /// <param name="target">Where it is to be.</param>
    /// <param name="run">Its whole id.</param>
    /// <param name="replace">Whether an older copy there, which this run has grown from, is replaced.</param>
    /// <param name="cancellation">Ends it before anything is copied.</param>
    /// <exception cref="RunOwnedException">A process works on it.</exception>
    /// <exception cref="MigrationException">The target has it already, or the copy would not be whole.</exception>
    /// <exception cref="DatabaseException">One of the databases cannot be used.</exception>
    public static async Task<MigrationReport> CopyAsync(Database source, Database target, string run, bool replace = false, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        target.Initialise();
        await JournalTables.EnsureAsync(target, cancellation).ConfigureAwait(false);

        // Nobody goes on with it here or there meanwhile.
        using var owned = source.Own(run);
        using var reserved = target.Own(run);
        using var from = source.Open();
        using var to = target.Open(write: true);
        using var transaction = to.BeginTransaction();
        if (IsThere(to, transaction, run))
        {
            Require(replace, new MigrationException($"{run} is in {target.Name} already; nothing was copied (--replace replaces it, if this one has grown from it)") { IsThere = true });
            var older = new OlderCopy(from, to, transaction);
            var there = Journals(to, run);
            Require(older.IsBeginning(there), new MigrationException($"{run} in {target.Name} has gone on by itself since the two were one; nothing was copied"));
            Each(run, there, older.Delete);
        }

        var copy = new TableCopy(from, to, target.Dialect, transaction);
        var journals = Journals(from, run);
        var rows = new Dictionary<string, long>();
        Each(run, journals, (table, key, value) => rows[table] = rows.GetValueOrDefault(table) + copy.Copy(table, key, value, table == Journal ? "ordering" : null));
        var report = new MigrationReport(run, rows.GetValueOrDefault(Journal), rows.GetValueOrDefault(Snapshot), rows.Sum(r => r.Value) - rows.GetValueOrDefault(Journal) - rows.GetValueOrDefault(Snapshot));
        transaction.Commit();
        return report;
    }

    // All that there is of a run: a table, the column that tells whose a row is, its value.
    private static void Each(string run, IEnumerable<string> journals, Action<string, string, string> action)
    {
        foreach (var table in s_tables)
        {
            action(table, "run", run);
        }

        foreach (var table in (string[])[Journal, Snapshot, "projection_offsets"])
        {
            foreach (var id in journals)
            {
                action(table, "persistence_id", id);
            }
        }
    }

    private static void Require(bool holds, MigrationException otherwise)
    {
        if (!holds)
        {
            throw otherwise;
        }
    }

    private static bool IsThere(DbConnection connection, DbTransaction transaction, string run) =>
        connection.ExecuteScalar<long>(
            "SELECT (SELECT count(*) FROM run_facts WHERE run = @run) + (SELECT count(*) FROM journal WHERE persistence_id = @id)",
            new { run, id = new JournalId(run).ToString() },
            transaction) > 0;

    // The beginning of an id may be that of another run.
    private static List<string> Journals(DbConnection connection, string run) =>
    [
        .. connection.Query<string>(
                "SELECT DISTINCT persistence_id FROM journal WHERE persistence_id = @id OR substr(persistence_id, 1, length(@islands)) = @islands",
                new { id = new JournalId(run).ToString(), islands = $"island-{run}-" })
            .Where(id => JournalId.Parse(id).Run == run)
            .Order(StringComparer.Ordinal),
    ];
}
