using LossActors.Cli.Hosting;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace LossActors.Cli.Tests;

public sealed class RejoinPaceTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RejoinPace _pace;

    public RejoinPaceTests() => _pace = new RejoinPace(_time);

    [Fact]
    public void Whoever_is_removed_again_and_again_waits_longer_each_time_up_to_half_a_minute()
    {
        int[] delays = [.. Enumerable.Range(0, 7).Select(_ => Live(10))];
        Assert.Equal([2, 4, 8, 16, 30, 30, 30], delays);
        Assert.Equal(7, _pace.ShortLives);
    }

    [Fact]
    public void A_long_life_makes_up_for_all_short_ones()
    {
        Live(10);
        Live(10);
        Assert.Equal(1, Live(60));
        Assert.Equal(2, Live(59));
    }

    // Lives for so many seconds; how many it then waits.
    private int Live(int seconds)
    {
        _pace.Begin();
        _time.Advance(TimeSpan.FromSeconds(seconds));
        _pace.End();
        return (int)_pace.Delay.TotalSeconds;
    }
}
