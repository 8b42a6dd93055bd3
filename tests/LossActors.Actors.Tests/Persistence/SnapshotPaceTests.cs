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
        Assert.Equal([12, 24, 36], Enumerable.Range(1, 12).Select(i => 3 * i).Where(_ => IsDueAfter(pace, 3)));
    }

    [Fact]
    public void WhatALargeStateCostsIsSpreadOverEventsInProportion()
    {
        var pace = new SnapshotPace(every: 10);
        var (events, written) = (0L, 0L);
        for (var entries = 0L; entries < 1_000_000; entries += 25)
        {
            events += 100;
            written += IsDueAfter(pace, 100, entries) ? entries : 0;
        }

        // However long the run: not more than a few entries written per event, and not fewer, or there would be much to replay.
        Assert.InRange((double)written / events, 1, 5);
    }

    [Fact]
    public void AfterARecoveryItIsDueThatManyEventsAfterTheSnapshotThatWasFound()
    {
        var pace = new SnapshotPace(every: 10);
        pace.Add(7);
        pace.Found(40);

        Assert.False(IsDueAfter(pace, 9));
        Assert.True(IsDueAfter(pace, 1));
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
    public void NoneIsEverDueWhereNoneAreWanted() => Assert.False(IsDueAfter(new SnapshotPace(every: 0), 1_000_000));

    private static bool IsDueAfter(SnapshotPace pace, int events, long entries = 0)
    {
        pace.Add(events);
        return pace.IsDue(entries);
    }
}
