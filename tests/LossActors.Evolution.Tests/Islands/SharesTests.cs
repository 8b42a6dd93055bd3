using CsCheck;
using LossActors.Evolution.Islands;
using Xunit;

namespace LossActors.Evolution.Tests.Islands;

public sealed class SharesTests
{
    [Fact]
    public void EqualWeightsDealBirthsOutInTurn() => Gen.Select(Gen.Int[0, 1_000_000_000], Gen.Int[1, 64], Gen.Int[1, 9]).Sample((budget, islands, weight) =>
        Assert.Equal(
            Enumerable.Range(0, islands).Select(i => (budget / islands) + (i < budget % islands ? 1 : 0)),
            Enumerable.Range(0, islands).Select(i => Shares.Of(budget, [.. Enumerable.Repeat(weight, islands)], i))));

    [Fact]
    public void APartIsWithinOneBirthOfWhatItsWeightAsksForWhereAllAreWhole()
    {
        Assert.Equal([2, 4, 6], Parts(12, 1, 2, 3));
        Assert.Equal([1, 2, 4], Parts(7, 1, 2, 3));
        Assert.Equal([166_666_667, 333_333_333, 500_000_000], Parts(1_000_000_000, 1, 2, 3));
    }

    [Fact]
    public void ThePartsSumToTheBudgetAndNeverShrinkWhenItGrows() => Gen.Select(Gen.Int[0, 500], Gen.Int[1, 20].Array[1, 8]).Sample((budget, weights) =>
    {
        var (parts, more) = (Parts(budget, weights), Parts(budget + 1, weights));
        Assert.Equal(budget, parts.Sum());
        Assert.Equal(1, parts.Zip(more, (before, after) => after - before).Count(d => d == 1));
        Assert.All(parts.Zip(more), p => Assert.InRange(p.Second - p.First, 0, 1));
    });

    private static int[] Parts(int budget, params int[] weights) => [.. weights.Select((_, i) => Shares.Of(budget, [.. weights], i))];
}
