using LossActors.Actors.Benchmarks;
using LossActors.Actors.Experiments;
using LossActors.Actors.Simulation;
using LossActors.Evolution.Islands;
using Xunit;

namespace LossActors.Actors.Tests.Simulation;

public sealed class ClusterSimulationTests
{
    // No time is spent on anything but evaluations.
    private static readonly ServiceTimes s_free = new()
    {
        Report = 0, Job = 0, Supervision = 0, Dispatch = 0, Message = 0, MessageJob = 0, Command = 0, CommandInFlight = 0, Event = 0, Commit = 0,
    };

    [Fact]
    public void TheSameOptionsGiveTheSameReport() => Assert.Equal(ClusterSimulation.Run(Troubled(seed: 3)), ClusterSimulation.Run(Troubled(seed: 3)));

    [Fact]
    public void AnotherSeedGivesAnotherReport() => Assert.NotEqual(ClusterSimulation.Run(Troubled(seed: 3)), ClusterSimulation.Run(Troubled(seed: 4)));

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 2, 100)]
    [InlineData(40, 1, 1001)]
    public void TheBudgetIsMetExactly(int evaluators, int islands, int budget) =>
        Assert.Equal(budget, ClusterSimulation.Run(Options(evaluators, islands, budget, Workload.Constant(1))).Candidates);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void EveryCandidateIsJudgedOnceWhateverIsLostAndWhoeverDies(int seed)
    {
        var report = ClusterSimulation.Run(Troubled((ulong)seed));

        Assert.Equal(600, report.Candidates);
        Assert.True(report.Deaths > 0);
        Assert.True(report.LeasedAgain > 0);
    }

    [Fact]
    public void AnEvaluatorThatNeverWaitsDoesOneJobAfterTheOther()
    {
        var report = ClusterSimulation.Run(Options(evaluators: 1, islands: 1, budget: 400, Workload.Constant(2)) with { Latency = TimeSpan.Zero });

        // Every candidate is screened for two seconds and, unless its expression is known, trained for two.
        Assert.InRange(report.SlotUtilisation, 0.999, 1);
        Assert.InRange(report.CandidatesPerSecond, 0.25, 0.26);
        Assert.Equal(Bottleneck.Evaluators, report.Bottleneck);
    }

    [Fact]
    public void BirthsInFlightAreThroughputTimesStaleness()
    {
        var report = ClusterSimulation.Run(Options(evaluators: 3, islands: 2, budget: 4000, Workload.Constant(1)));

        // Little's law: the islands keep two windows of births in flight.
        Assert.InRange(report.CandidatesPerSecond * report.StalenessSeconds.Mean, 11.8, 12.2);
        Assert.InRange(report.StalenessBirths.Mean, 5 - 0.1, 6 + 0.1);
    }

    [Fact]
    public void TwiceAsManyEvaluatorsAreTwiceAsFastWhileNothingElseIsBusy()
    {
        var one = ClusterSimulation.Run(Options(evaluators: 4, islands: 4, budget: 4000, Workload.Constant(1)));
        var two = ClusterSimulation.Run(Options(evaluators: 8, islands: 4, budget: 4000, Workload.Constant(1)));

        Assert.InRange(two.CandidatesPerSecond / one.CandidatesPerSecond, 1.95, 2.05);
    }

    [Fact]
    public void ABrokerThatIsSlowCapsThroughput()
    {
        var service = s_free with { Job = 0.01 };
        var options = Options(evaluators: 60, islands: 20, budget: 3000, Workload.Constant(0.1)) with { ServiceTimes = service, Cores = 8 };

        var report = ClusterSimulation.Run(options);

        // Two jobs for each candidate, a hundredth of a second for each, and some more for offers that are repeated because their answers take so long.
        Assert.InRange(report.CandidatesPerSecond, 40, 51);
        Assert.InRange(report.BrokerUtilisation, 0.98, 1);
        Assert.Equal(Bottleneck.Broker, report.Bottleneck);
    }

    [Fact]
    public void TheEnginesBenchmarkIsAsFastInASimulationAsItWasMeasured()
    {
        var report = ClusterSimulation.Run(ServiceTimeMeasurement.Engine(new EngineBenchmarkOptions()) with { Cores = 2 });

        // tests/Results/engine.json: 7,521 per second, give or take 15 %.
        Assert.InRange(report.CandidatesPerSecond, 7521 * 0.85, 7521 * 1.15);
        Assert.Equal(Bottleneck.SearchNode, report.Bottleneck);
    }

    [Fact]
    public void MoreSlotsForEachIslandMakeItsProposalsStaler()
    {
        var few = ClusterSimulation.Run(Options(evaluators: 8, islands: 8, budget: 2000, Workload.Constant(1), window: 2));
        var many = ClusterSimulation.Run(Options(evaluators: 64, islands: 8, budget: 2000, Workload.Constant(1), window: 16));

        Assert.True(many.StalenessBirths.Mean > 4 * few.StalenessBirths.Mean);
    }

    [Fact]
    public void TooFewBirthsInFlightLeaveSlotsIdle()
    {
        var report = ClusterSimulation.Run(Options(evaluators: 24, islands: 2, budget: 2000, Workload.Constant(1)));

        Assert.InRange(report.SlotUtilisation, 0.48, 0.5);
        Assert.Equal(Bottleneck.Window, report.Bottleneck);
    }

    [Fact]
    public void TheLimitEndsASimulationThatHasMoreToDo()
    {
        var report = ClusterSimulation.Run(Options(evaluators: 1, islands: 1, budget: 10_000, Workload.Constant(1)) with { Limit = TimeSpan.FromMinutes(2) });

        Assert.InRange(report.Seconds, 120, 121);
        Assert.InRange(report.Candidates, 55, 65);
    }

    [Fact]
    public void StrictModeIsSimulatedAsItIs() => Assert.Equal(
        300,
        ClusterSimulation.Run(Options(evaluators: 3, islands: 3, budget: 300, Workload.Constant(1), strict: true)).Candidates);

    private static SimulationOptions Troubled(ulong seed) =>
        Options(evaluators: 6, islands: 3, budget: 600, Workload.Constant(1)) with
        {
            Seed = seed, TimeBetweenFailures = TimeSpan.FromSeconds(60), LostMessages = 0.05, ServiceTimes = new(),
        };

    private static SimulationOptions Options(int evaluators, int islands, int budget, Workload workload, int window = 6, bool strict = false) => new()
    {
        Evaluators = evaluators,
        Search = new SearchSettings { Islands = islands, Evaluations = budget, Island = new IslandSettings { Window = window, Refinement = RefinementPolicy.None, Strict = strict } },
        Workload = workload,
        ServiceTimes = s_free,
    };
}
