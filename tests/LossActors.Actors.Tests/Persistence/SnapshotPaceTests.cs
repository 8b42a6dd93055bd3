using LossActors.Actors.Persistence;
using Xunit;

namespace LossActors.Actors.Tests.Persistence;

public sealed class SnapshotPaceTests
{
    [Fact]
    public void ASnapshotIsDueOnceEverySoManyEventsWhetherItWasSavedOrNot()
    {
        var pace = new SnapshotPace(every: 10);

        // Batches end where they end: now and then a few events late.
        Assert.Equal([12L, 24, 36], Enumerable.Range(1, 12).Select(i => 3L * i).Where(pace.IsDue));
    }

    [Fact]
    public void AfterARecoveryItIsDueThatManyEventsAfterTheSnapshotThatWasFound()
    {
        var pace = new SnapshotPace(every: 10);
        pace.Found(40);

        Assert.False(pace.IsDue(49));
        Assert.True(pace.IsDue(50));
    }

    [Fact]
    public void TheLastTwoStay()
    {
        var pace = new SnapshotPace(every: 10);
        pace.Found(40);

        Assert.Equal(39, pace.Saved(50));
        Assert.Equal(49, pace.Saved(61));
    }

    [Fact]
    public void TheFirstLeavesNothingToDelete() => Assert.True(new SnapshotPace(every: 10).Saved(10) <= 0);

    [Fact]
    public void NoneIsEverDueWhereNoneAreWanted() => Assert.False(new SnapshotPace(every: 0).IsDue(1_000_000));
}
