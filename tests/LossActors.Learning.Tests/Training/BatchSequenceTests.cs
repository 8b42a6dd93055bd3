using LossActors.Learning.Training;
using Xunit;

namespace LossActors.Learning.Tests.Training;

public sealed class BatchSequenceTests
{
    [Fact]
    public void AnEpochSeesEachInstanceAtMostOnceAndAllWhenItDivides()
    {
        var batches = new BatchSequence(12, 4, 1, 0);

        var epoch = Enumerable.Range(0, 3).SelectMany(_ => batches.Next().ToArray()).ToList();

        Assert.Equal(Enumerable.Range(0, 12).Select(i => (long)i), epoch.Order());
    }

    [Fact]
    public void EveryBatchIsFull()
    {
        var batches = new BatchSequence(10, 4, 1, 0);

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(4, batches.Next().ToArray().Distinct().Count());
        }
    }

    [Fact]
    public void ReplicatesSeeOtherOrdersAndTheSameOneTheSame()
    {
        var (a, b, c) = (new BatchSequence(100, 10, 1, 0), new BatchSequence(100, 10, 1, 0), new BatchSequence(100, 10, 1, 1));

        var (first, same, other) = (a.Next().ToArray(), b.Next().ToArray(), c.Next().ToArray());

        Assert.Equal(first, same);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void APartNoLargerThanABatchIsTheBatch()
    {
        var batches = new BatchSequence(3, 128, 1, 0);

        Assert.True(batches.IsWhole);
        Assert.Equal([0, 1, 2], batches.Next().ToArray());
    }
}
