using LossActors.Evolution.Racing;
using Xunit;

namespace LossActors.Evolution.Tests.Racing;

public sealed class RungBookTests
{
    private static readonly RacingSettings s_settings = new() { ReductionFactor = 3, WarmUp = 6 };

    [Fact]
    public void ThereIsNoBarBeforeTheWarmUpIsOver()
    {
        var book = Known(5);
        Assert.Null(book.Bar(0, s_settings));
        Assert.NotNull(book.With([0.5], s_settings).Bar(0, s_settings));
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(6, 2)]
    public void TheBarIsTheErrorOfTheLastOneOfTheBestThirdRoundedUp(int known, int survivors) =>
        Assert.Equal(survivors / 100.0, Known(known).Bar(0, s_settings with { WarmUp = 1 }));

    [Fact]
    public void ARungKnowsOnlyThoseThatReachedIt()
    {
        var book = new RungBook().With([0.9], s_settings).With([0.5, 0.4], s_settings).With([0.6, 0.3, 0.2], s_settings);
        Assert.Equal([3, 2, 1], book.Errors.Select(rung => rung.Length));
        Assert.Equal([0.4, 0.3], book.Errors[1]);
        Assert.Null(book.Bar(3, s_settings));
    }

    [Theory]
    [InlineData(1, 6)]
    [InlineData(10, 10)]
    public void OnlyTheLastTwiceTheReductionFactorCountOrTheWarmUp(int warmUp, int remembered)
    {
        var book = Known(100, s_settings with { WarmUp = warmUp });
        Assert.Equal(Enumerable.Range(101 - remembered, remembered).Select(i => i / 100.0), book.Errors[0]);
    }

    [Fact]
    public void AnErrorThatIsNoNumberIsTheWorst() =>
        Assert.Equal(0.01, Known(2).With([double.NaN], s_settings).With([double.NaN], s_settings).Bar(0, s_settings with { WarmUp = 1, ReductionFactor = 4 }));

    // Errors 0.01, 0.02, …
    private static RungBook Known(int count, RacingSettings? settings = null) =>
        Enumerable.Range(1, count).Aggregate(new RungBook(), (book, i) => book.With([i / 100.0], settings ?? s_settings));
}
