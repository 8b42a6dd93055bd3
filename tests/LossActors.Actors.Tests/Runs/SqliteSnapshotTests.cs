using Xunit;

namespace LossActors.Actors.Tests.Runs;

public sealed class SqliteSnapshotTests : SnapshotTests
{
    [Theory]
    [InlineData("manifest = substr(manifest, 1, length(manifest) - 1) || '9'", "was written by a newer one")]
    [InlineData("snapshot = x'00ff10'", "invalid start of a value")]
    [InlineData("snapshot = substr(snapshot, 1, length(snapshot) / 2)", "")]
    [InlineData("snapshot = CAST('{}' AS BLOB)", "missing required properties")]
    [InlineData("manifest = (SELECT manifest FROM journal WHERE persistence_id = 'run-cut' AND sequence_number = 2), snapshot = (SELECT message FROM journal WHERE persistence_id = 'run-cut' AND sequence_number = 2)", "")]
    [InlineData("serializer_id = 4711", "4711")]
    public Task SnapshotsThatCannotBeReadCostTimeAndOneWarningEach(string damage, string warning) => GoOnWithDamaged(damage, warning);

    [Fact]
    public async Task SnapshotsThatCannotBeSavedStopNothing()
    {
        var expected = await Uncut();
        await Cut(every: 0);
        Execute("CREATE TRIGGER full BEFORE INSERT ON snapshot BEGIN SELECT RAISE(ABORT, 'no room'); END");

        var workplace = new WatchedWorkplace(Every);
        Assert.Equal(expected, await RunToEnd(Watched("cut", workplace, resume: true)));

        Assert.NotEmpty(workplace.Warnings);
        Assert.All(workplace.Warnings, w => Assert.Contains("could not save a snapshot and goes on without", w));
        Assert.Empty(Query<string>("SELECT persistence_id FROM snapshot WHERE persistence_id LIKE '%cut%'"));
    }
}
