using LossActors.Actors.Tests.Databases;
using Xunit;

namespace LossActors.Actors.Tests.Runs;

public sealed class PostgresSnapshotTests(SharedPostgres postgres) : SnapshotTests(postgres)
{
    [Theory]
    [InlineData("snapshot = substr(snapshot, 1, length(snapshot) / 2)", "")]
    [InlineData("serializer_id = 4711", "4711")]
    public Task SnapshotsThatCannotBeReadCostTimeAndOneWarningEach(string damage, string warning) => GoOnWithDamaged(damage, warning);
}
