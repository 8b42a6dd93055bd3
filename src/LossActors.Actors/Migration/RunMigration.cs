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

    // Of the record; each has the run in a column of that name.
    private static readonly string[] s_tables =
    [
        "run_facts", "run_intervals", "grants", "births", "tallies", "migrants", "replicates", "fitness_parts", "refinements", "baselines", "hall_of_fame",
    ];

    /// <summary>Copies a run. The target is made where it is missing.</summary>
    /// <param name="source">Where it is; no process may work on it.</param>
    /// <param name="target">Where it is to be.</param>
    /// <param name="run">Its whole id.</param>
    /// <param name="cancellation">Ends it before anything is copied.</param>
    /// <exception cref="RunOwnedException">A process works on it.</exception>
    /// <exception cref="MigrationException">The target has it already, or the copy would not be whole.</exception>
    /// <exception cref="DatabaseException">One of the databases cannot be used.</exception>
    public static async Task<MigrationReport> CopyAsync(Database source, Database target, string run, CancellationToken cancellation = default)
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
            throw new MigrationException($"{run} is in {target.Name} already; nothing was copied") { IsThere = true };
        }

        var copy = new TableCopy(from, to, target.Dialect, transaction);
        var journals = Journals(from, run);
        var report = new MigrationReport(
            run,
            journals.Sum(id => copy.Copy(Journal, "persistence_id", id, without: "ordering")),
            journals.Sum(id => copy.Copy("snapshot", "persistence_id", id)),
            s_tables.Sum(table => copy.Copy(table, "run", run)) + journals.Sum(id => copy.Copy("projection_offsets", "persistence_id", id)));
        transaction.Commit();
        return report;
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
