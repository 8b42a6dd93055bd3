using System.Collections.Immutable;
using LossActors.Actors.Experiments;
using LossActors.Actors.Runs;
using Xunit;

namespace LossActors.Actors.Tests.Runs;

public sealed class RunOpeningTests
{
    private static readonly RunOpening s_same = Opening(100, time: null);

    [Fact]
    public void AnEmptyJournalFoundsTheRun() => Assert.Equal(["Started", "EpochStarted"], Names(s_same, state: null));

    [Theory]
    [InlineData(RunPhase.Running, "EpochStarted")]
    [InlineData(RunPhase.Stopping, "EpochStarted")]
    [InlineData(RunPhase.Finals, "EpochStarted")]
    [InlineData(RunPhase.Paused, "EpochStarted Resumed")]
    [InlineData(RunPhase.Failed, "EpochStarted Resumed")]
    [InlineData(RunPhase.Completed, "")]
    [InlineData(RunPhase.Cancelled, "")]
    public void ARunGoesOnUnlessItIsOver(RunPhase phase, string events) => Assert.Equal(events, string.Join(' ', Names(s_same, State(phase))));

    [Theory]
    [InlineData(RunPhase.Running, "EpochStarted BudgetRaised")]
    [InlineData(RunPhase.Paused, "EpochStarted BudgetRaised")]
    [InlineData(RunPhase.Completed, "EpochStarted BudgetRaised")]
    [InlineData(RunPhase.Cancelled, "")]
    public void ALargerBudgetLetsItGoOnUnlessItWasCancelled(RunPhase phase, string events)
    {
        Assert.Equal(events, string.Join(' ', Names(Opening(101, time: null), State(phase))));
        Assert.Equal(events, string.Join(' ', Names(s_same, State(phase) with { Time = TimeSpan.FromMinutes(1) })));
    }

    [Fact]
    public void EpochsAreCountedAndABudgetIsNeverLowered()
    {
        var events = Opening(50, TimeSpan.FromMinutes(2)).Events("r1", State(RunPhase.Running) with { Epoch = 4, Time = TimeSpan.FromMinutes(1) }, default, pid: 7);

        Assert.Equal([new RunEvent.EpochStarted(default, 5, 7), new RunEvent.BudgetRaised(default, 100, TimeSpan.FromMinutes(2))], events);
        Assert.Equal(
            new RunEvent.BudgetRaised(default, 150, TimeSpan.FromMinutes(2)),
            Opening(150, TimeSpan.FromMinutes(1)).Events("r1", State(RunPhase.Running) with { Time = TimeSpan.FromMinutes(2) }, default, pid: 7)[^1]);
    }

    private static IEnumerable<string> Names(RunOpening opening, RunState? state) => opening.Events("r1", state, default, pid: 7).Select(e => e.GetType().Name);

    private static RunOpening Opening(int evaluations, TimeSpan? time) =>
        new(new Experiment { Name = "n", Search = new SearchSettings { Evaluations = evaluations, Time = time } }, "hash", "mse", ImmutableSortedDictionary<string, string>.Empty, TimeSpan.Zero) { Founded = new() };

    private static RunState State(RunPhase phase) => RunState.Of((RunEvent.Started)s_same.Events("r1", null, default, pid: 7)[0]) with { Phase = phase };
}
