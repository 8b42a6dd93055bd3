using LossActors.Evolution.Randomness;
using Xunit;

namespace LossActors.Evolution.Tests.Randomness;

public sealed class RandomStreamTests
{
    [Fact]
    public void AStreamDependsOnItsKeyAlone()
    {
        var one = RandomStream.For(1, 2, 3, Purpose.Variation);
        RandomStream.For(9, 9, 9, Purpose.Split).NextDouble();
        var other = RandomStream.For(1, 2, 3, Purpose.Variation);
        Assert.Equal(Draw(one, 100), Draw(other, 100));
    }

    [Fact]
    public void EveryPartOfTheKeyMatters()
    {
        ulong[] firsts =
        [
            RandomStream.For(1, 2, 3, Purpose.Variation).NextUInt64(), RandomStream.For(2, 2, 3, Purpose.Variation).NextUInt64(),
            RandomStream.For(1, 3, 3, Purpose.Variation).NextUInt64(), RandomStream.For(1, 2, 4, Purpose.Variation).NextUInt64(),
            RandomStream.For(1, 3, 2, Purpose.Variation).NextUInt64(), RandomStream.For(1, 2, 3, Purpose.Migration).NextUInt64(),
        ];
        Assert.Distinct(firsts);
    }

    [Fact]
    public void IntegersAreUniform()
    {
        var random = RandomStream.For(1, 0, 0, Purpose.Resampling);
        var counts = Enumerable.Range(0, 60_000).CountBy(_ => random.NextInt(6)).ToDictionary();
        Assert.All(Enumerable.Range(0, 6), i => Assert.InRange(counts[i], 9_600, 10_400));
    }

    [Fact]
    public void NormalDrawsHaveMeanZeroAndDeviationOne()
    {
        var random = RandomStream.For(1, 0, 0, Purpose.Resampling);
        var draws = Enumerable.Range(0, 40_000).Select(_ => random.NextNormal()).ToList();
        Assert.Equal(0, draws.Average(), 0.02);
        Assert.Equal(1, Math.Sqrt(draws.Average(d => d * d)), 0.02);
    }

    [Fact]
    public void ShufflingKeepsTheItems()
    {
        var items = Enumerable.Range(0, 50).ToArray();
        RandomStream.For(1, 0, 0, Purpose.Batches).Shuffle(items.AsSpan());
        Assert.NotEqual(Enumerable.Range(0, 50), items);
        Assert.Equal(Enumerable.Range(0, 50), items.Order());
    }

    private static ulong[] Draw(RandomStream random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextUInt64())];
}
