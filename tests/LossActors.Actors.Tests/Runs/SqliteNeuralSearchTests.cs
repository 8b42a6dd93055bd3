using LossActors.Actors.Hosting;
using LossActors.Actors.Record;
using Xunit;

namespace LossActors.Actors.Tests.Runs;

public sealed class SqliteNeuralSearchTests : NeuralSearchTests
{
    [Fact]
    public async Task ItCanBeStoppedAndGoesOnWithALargerBudget()
    {
        var node = await SearchNode.StartAsync(Options(Ml3(evaluations: 1000)) with { Workplace = new SyntheticWorkplace(slots: 1) });
        await Acknowledged(node, 3);
        node.Stop("enough");
        await Finish(node);

        using (var reader = RecordReader.Open(Database))
        {
            Assert.Equal("completed", reader.Show("r1").State);
            Assert.InRange(reader.Show("r1").Evaluations, 3, 900);
            Assert.Equal(3, reader.Show("r1").HallOfFame.Length);
        }

        await RunToEnd(Options(Ml3(evaluations: 1001), resume: true));
        using var longer = RecordReader.Open(Database);
        Assert.Equal((1001, 1001), (longer.Show("r1").Evaluations, longer.Show("r1").Budget));
    }
}
