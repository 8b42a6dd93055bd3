using Dapper;
using LossActors.Actors.Experiments;
using LossActors.Actors.Hosting;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
using LossActors.Actors.Tests.Databases;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Snapshots;
using Xunit;

namespace LossActors.Actors.Tests.Runs;

public abstract class SnapshotTests(SharedPostgres? postgres = null) : SearchTest(postgres)
{
    private protected const int Every = 12;

    private static readonly Experiment s_experiment = Small(strict: true, evaluations: 100);
    private static readonly string[] s_journals = ["island-cut-0", "island-cut-1", "island-cut-2", "run-cut"];
    private static string? s_uncut;

    [Fact]
    public async Task ARunThatWasCutReplaysOnlyWhatItsSnapshotsLackAndEndsAsIfItHadNotBeenCut()
    {
        var expected = await Uncut();
        await Cut(Every);
        AssertSnapshotsAreWhatTheEventsGive();

        var workplace = new WatchedWorkplace(Every);
        var reached = s_journals.ToDictionary(j => j, Reached);
        Assert.Equal(expected, await RunToEnd(Watched("cut", workplace, resume: true)));

        Assert.Empty(workplace.Warnings);
        foreach (var journal in s_journals)
        {
            var recovered = Assert.Single(workplace.Recoveries, r => r.PersistenceId == journal);
            Assert.InRange(recovered.Snapshot, 1, reached[journal]);
            Assert.Equal(reached[journal] - recovered.Snapshot, recovered.Replayed);
        }

        AssertSnapshotsAreWhatTheEventsGive();
        Assert.True(RunVerifier.Verify(Database, "cut") is { Agrees: true, IsComplete: true });
    }

    /// <summary>Damages all snapshots of a run, by what SQL sets, and has it go on in spite of that.</summary>
    private protected async Task GoOnWithDamaged(string damage, string warning)
    {
        var expected = await Uncut();
        await Cut(Every);
        Execute($"UPDATE snapshot SET {damage}");

        var workplace = new WatchedWorkplace(Every);
        var reached = s_journals.ToDictionary(j => j, Reached);
        Assert.Equal(expected, await RunToEnd(Watched("cut", workplace, resume: true)));

        foreach (var journal in s_journals)
        {
            Assert.Equal(new JournalRecovered(journal, 0, reached[journal]), Assert.Single(workplace.Recoveries, r => r.PersistenceId == journal));
        }

        Assert.Equal(["Island 0", "Island 1", "Island 2", "The run"], workplace.Warnings.Select(w => w[..w.IndexOf(" cannot", StringComparison.Ordinal)]).Order());
        Assert.All(workplace.Warnings, w => Assert.Contains(warning, w));
        Execute($"DELETE FROM snapshot WHERE {string.Join(" OR ", reached.Select(r => $"(persistence_id = '{r.Key}' AND sequence_number <= {r.Value})"))}");
        AssertSnapshotsAreWhatTheEventsGive();
    }

    [Fact]
    public async Task AJournalWithoutSnapshotsIsReplayedAndLeavesSomeFromThenOn()
    {
        var expected = await Uncut();
        await Cut(every: 0);

        var workplace = new WatchedWorkplace(Every);
        Assert.Equal(expected, await RunToEnd(Watched("cut", workplace, resume: true)));

        Assert.Empty(workplace.Warnings);
        Assert.All(workplace.Recoveries, r => Assert.Equal(0, r.Snapshot));

        // Not of all: a snapshot that is being written when the run ends may be lost.
        var left = Query<string>("SELECT DISTINCT persistence_id FROM snapshot WHERE persistence_id LIKE '%cut%' ORDER BY 1");
        Assert.NotEmpty(left);
        Assert.Subset(s_journals.ToHashSet(), left.ToHashSet());
    }

    private protected async Task<string> Uncut() => s_uncut ??= await RunToEnd(Watched("one", new(snapshotEvery: 0)));

    private protected SearchNodeOptions Watched(string run, WatchedWorkplace workplace, bool resume = false) =>
        Options(s_experiment, run, resume: resume) with { Workplace = workplace };

    // Its evaluators fall silent when most of the work is done, so it cannot come to its end before it is cut.
    private protected async Task Cut(int every)
    {
        var node = await SearchNode.StartAsync(Watched("cut", new(every, jobs: 130)));
        await Acknowledged(node, 45);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (every > 0 && !AllKeepOneOrTwo())
        {
            await Task.Delay(20, patience.Token);
        }

        await Abort(node);
    }

    // Older ones are deleted when a newer one is safe, which a busy machine may be some time about.
    private bool AllKeepOneOrTwo() =>
        Query<(string Journal, int Snapshots)>("SELECT persistence_id, count(*) FROM snapshot WHERE persistence_id LIKE '%cut%' GROUP BY 1 ORDER BY 1") is { } kept
        && kept.Select(k => k.Journal).SequenceEqual(s_journals)
        && kept.All(k => k.Snapshots <= 2);

    /// <summary>The state in each snapshot of each island is that of the events before it, and so is what comes after it.</summary>
    private void AssertSnapshotsAreWhatTheEventsGive()
    {
        using var journal = new JournalReader(Database);
        for (var i = 0; i < 3; i++)
        {
            var id = new JournalId("cut", i);
            var settings = s_experiment.Search.OnIslands()[i];
            var events = journal.IslandEvents(id).ToList();
            var rows = Query<(long Number, string Manifest, byte[] Bytes)>($"SELECT sequence_number, manifest, snapshot FROM snapshot WHERE persistence_id = '{id}'");
            Assert.NotEmpty(rows);
            foreach (var (number, manifest, bytes) in rows)
            {
                var before = events.TakeWhile(e => e.Number <= number).Select(e => e.Event).Aggregate(Island.Initial(settings), Island.Apply);
                Assert.Equal(Bytes(before), bytes);
                var restored = ((IslandSnapshot)JournalSerializer.Read(bytes, manifest)).Restore(settings);
                var after = events.SkipWhile(e => e.Number <= number).Select(e => e.Event).ToList();
                Assert.Equal(Bytes(after.Aggregate(before, Island.Apply)), Bytes(after.Aggregate(restored, Island.Apply)));
            }
        }
    }

    private static byte[] Bytes(IslandState state) => JournalSerializer.Write(IslandSnapshot.Of(state));

    private long Reached(string journal) => Query<long>($"SELECT max(sequence_number) FROM journal WHERE persistence_id = '{journal}'").Single();

    private protected List<T> Query<T>(string sql)
    {
        using var db = Database.Open();
        return db.Query<T>(sql).AsList();
    }

    private protected void Execute(string sql)
    {
        using var db = Database.Open(write: true);
        db.Execute(sql);
    }
}
