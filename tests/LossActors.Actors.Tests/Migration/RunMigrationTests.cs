using Dapper;
using LossActors.Actors.Control;
using LossActors.Actors.Hosting;
using LossActors.Actors.Migration;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
using LossActors.Actors.Tests.Databases;
using LossActors.Actors.Tests.Runs;
using Xunit;

namespace LossActors.Actors.Tests.Migration;

public sealed class RunMigrationTests : SearchTest
{
    private static readonly string[] s_tables =
    [
        "run_facts", "run_intervals", "grants", "births", "tallies", "migrants", "resets", "replicates", "fitness_parts", "refinements", "baselines", "hall_of_fame",
    ];

    private readonly TempFolder _there;
    private readonly TempFolder _back = new();

    public RunMigrationTests(SharedPostgres postgres) => _there = new TempFolder(postgres.Server);

    public override void Dispose()
    {
        _there.Dispose();
        _back.Dispose();
        base.Dispose();
    }

    [Fact]
    public async Task ACutRunGoesOnInPostgresToItsExactBudgetAndComesBackWhole()
    {
        var expected = await RunToEnd(Options(Small(strict: true), "whole"));
        // The beginning of its id is all of another's.
        await RunToEnd(Options(Small(evaluations: 12), "r1-1"));
        var node = await SearchNode.StartAsync(Options(Small(strict: true)) with { Workplace = new WatchedWorkplace(snapshotEvery: 12, jobs: 70) });
        var acknowledged = await Acknowledged(node, 20);
        await Abort(node);
        var before = Contents(Database, "r1");

        var report = await RunMigration.CopyAsync(Database, _there.Database, "r1", cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(before, Contents(Database, "r1"));
        Assert.Equal(before, Contents(_there.Database, "r1"));
        Assert.Equal((long)before.Count(line => line.StartsWith("journal|", StringComparison.Ordinal)), report.JournalRows);
        Assert.Equal(report.RecordRows + report.JournalRows + report.Snapshots, before.Count);
        Assert.True(report.Snapshots > 0);
        Assert.True(RunVerifier.Verify(_there.Database, "r1").Agrees);
        using (var reader = RecordReader.Open(_there.Database))
        {
            Assert.Equal("r1", Assert.Single(reader.List()).Run);
            Assert.Equal("interrupted", reader.StateOf("r1"));
        }

        Assert.Equal(expected, await RunToEnd(Options(Small(strict: true), resume: true) with { Folder = _there.Data, Database = _there.Database }));

        await RunMigration.CopyAsync(_there.Database, _back.Database, "r1", cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(Contents(_there.Database, "r1"), Contents(_back.Database, "r1"));
        Assert.True(RunVerifier.Verify(_back.Database, "r1") is { Agrees: true, IsComplete: true });
        using var end = RecordReader.Open(_back.Database);
        Assert.Equal(("completed", 60, 60), (end.Show("r1").State, end.Show("r1").Evaluations, end.Candidates("r1").Count));
        Assert.Empty(acknowledged.Except(end.Candidates("r1").Select(c => c.Id)));
    }

    [Fact]
    public async Task ACopyIsReplacedByWhatHasGrownFromItAndByNothingElse()
    {
        var node = await SearchNode.StartAsync(Options(Small()) with { Workplace = new SyntheticWorkplace(slots: 3, jobs: 70) });
        await Acknowledged(node, 20);
        await Abort(node);
        await RunMigration.CopyAsync(Database, _there.Database, "r1", cancellation: TestContext.Current.CancellationToken);
        await RunMigration.CopyAsync(Database, _back.Database, "r1", cancellation: TestContext.Current.CancellationToken);
        await RunToEnd(Options(Small(), resume: true) with { Folder = _there.Data, Database = _there.Database });

        await RunMigration.CopyAsync(_there.Database, Database, "r1", replace: true, TestContext.Current.CancellationToken);

        Assert.Equal(Contents(_there.Database, "r1"), Contents(Database, "r1"));
        Assert.True(RunVerifier.Verify(Database, "r1") is { Agrees: true, IsComplete: true });

        await RunToEnd(Options(Small(), resume: true) with { Folder = _back.Data, Database = _back.Database });
        var own = Contents(_back.Database, "r1");
        var refused = await Assert.ThrowsAsync<MigrationException>(() => RunMigration.CopyAsync(_there.Database, _back.Database, "r1", replace: true, TestContext.Current.CancellationToken));
        Assert.Contains("has gone on by itself", refused.Message, StringComparison.Ordinal);
        Assert.Equal(own, Contents(_back.Database, "r1"));
    }

    [Fact]
    public async Task ARunThatIsThereOrIsWorkedOnIsRefused()
    {
        await RunToEnd(Options(Small(evaluations: 12)));
        using (Database.Own("r1"))
        {
            await Assert.ThrowsAsync<RunOwnedException>(() => RunMigration.CopyAsync(Database, _there.Database, "r1", cancellation: TestContext.Current.CancellationToken));
        }

        await RunMigration.CopyAsync(Database, _there.Database, "r1", cancellation: TestContext.Current.CancellationToken);
        var copy = Contents(_there.Database, "r1");
        using (_there.Database.Own("r1"))
        {
            await Assert.ThrowsAsync<RunOwnedException>(() => RunMigration.CopyAsync(_there.Database, _back.Database, "r1", cancellation: TestContext.Current.CancellationToken));
        }

        var refused = await Assert.ThrowsAsync<MigrationException>(() => RunMigration.CopyAsync(Database, _there.Database, "r1", cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("r1 is in database test_", refused.Message, StringComparison.Ordinal);
        Assert.Equal(copy, Contents(_there.Database, "r1"));
    }

    [Fact]
    public async Task ACopyThatFailsHalfwayLeavesNothing()
    {
        await RunToEnd(Options(Small(evaluations: 12)));
        _there.Database.Initialise();
        using (var db = _there.Database.Open(write: true))
        {
            db.Execute("ALTER TABLE hall_of_fame ADD CHECK (rank < 0)");
        }

        await Assert.ThrowsAnyAsync<Exception>(() => RunMigration.CopyAsync(Database, _there.Database, "r1", cancellation: TestContext.Current.CancellationToken));

        Assert.Empty(Contents(_there.Database, "r1"));
        Assert.False(_there.Database.IsOwned("r1"));
        Assert.False(Database.IsOwned("r1"));
    }

    // All that a database has of a run, but for what it numbers by itself.
    private static List<string> Contents(Database database, string run)
    {
        using var db = database.Open();
        List<string> Rows(string table, string key, string value) =>
        [
            .. db.Query($"SELECT * FROM {table} WHERE {key} = @value", new { value })
                .Select(row => $"{table}|" + string.Join('|', ((IDictionary<string, object?>)row).Where(c => c.Key != "ordering").Select(c => $"{c.Key}={Text(c.Value)}"))),
        ];
        string[] journals = [$"run-{run}", .. Enumerable.Range(0, 3).Select(i => $"island-{run}-{i}")];
        return
        [
            .. s_tables.SelectMany(table => Rows(table, "run", run))
                .Concat(journals.SelectMany(id => Rows("journal", "persistence_id", id).Concat(Rows("snapshot", "persistence_id", id)).Concat(Rows("projection_offsets", "persistence_id", id))))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string Text(object? value) => value switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        bool truth => truth ? "1" : "0",
        double number => number.ToString("R", null),
        _ => $"{value}",
    };
}
