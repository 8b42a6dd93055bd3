using LossActors.Actors.Evaluators;
using LossActors.Actors.Protocol;
using Xunit;

namespace LossActors.Actors.Tests.Evaluators;

public sealed class LeasePaceTests
{
    private readonly LeasePace _pace = new(TimeSpan.FromSeconds(2));

    [Fact]
    public void Quick_jobs_are_asked_for_in_twice_the_number_until_the_bench_can_do_no_more()
    {
        _pace.Begin(new Appetite(64, 20, 1));
        Assert.Equal(new Appetite(4, 4, 1), _pace.Appetite);
        _pace.Learn(JobKind.Train, 4, TimeSpan.FromSeconds(0.01));
        Assert.Equal(new Appetite(4, 8, 1), _pace.Appetite);
        _pace.Learn(JobKind.Train, 8, TimeSpan.Zero);
        _pace.Learn(JobKind.Measure, 16, TimeSpan.FromSeconds(0.01));
        Assert.Equal(new Appetite(4, 20, 1), _pace.Appetite);
    }

    [Fact]
    public void Slow_jobs_are_asked_for_in_the_number_that_meets_the_target_and_never_less_than_one()
    {
        _pace.Begin(new Appetite(64, 64, 64));
        _pace.Learn(JobKind.Refine, 4, TimeSpan.FromSeconds(4));
        Assert.Equal(2, _pace.Appetite.Refine);
        _pace.Learn(JobKind.Refine, 2, TimeSpan.FromMinutes(3));
        Assert.Equal(1, _pace.Appetite.Refine);
    }

    [Fact]
    public void A_short_lease_does_not_spoil_the_appetite_that_was_learned()
    {
        _pace.Begin(new Appetite(64, 64, 64));
        _pace.Learn(JobKind.Screen, 4, TimeSpan.FromSeconds(0.1));
        _pace.Learn(JobKind.Screen, 1, TimeSpan.FromSeconds(0.1));
        Assert.Equal(16, _pace.Appetite.Screen);
    }
}
