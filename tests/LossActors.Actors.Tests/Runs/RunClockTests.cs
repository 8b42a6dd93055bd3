using LossActors.Actors.Runs;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace LossActors.Actors.Tests.Runs;

public sealed class RunClockTests
{
    [Fact]
    public void TimeBeforeThisProcessCountsAndPausesDoNot()
    {
        var time = new FakeTimeProvider();
        var clock = new RunClock(time, before: TimeSpan.FromMinutes(3));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromMinutes(3), clock.Active);

        clock.Start();
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(TimeSpan.FromMinutes(5), clock.Active);

        clock.Stop();
        time.Advance(TimeSpan.FromMinutes(10));
        clock.Start();
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromMinutes(6), clock.Active);
    }
}
