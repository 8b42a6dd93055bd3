using CsCheck;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Tests.Simulation;
using LossActors.Evolution.Topologies;
using Xunit;

namespace LossActors.Evolution.Tests.Islands;

public sealed class IslandTests
{
    [Fact]
    public void EveryBirthOfTheBudgetIsJudgedExactlyOnceWhateverIsRepeatedReorderedOrLost() =>
        Gen.Select(Gen.Bool, Gen.Enum<Schedule>(), Gen.Int[1, 8], Gen.Int[1, 120], Gen.Int).Sample((strict, schedule, window, births, seed) =>
        {
            var settings = new IslandSettings { Strict = strict, Schedule = schedule, Window = window, Population = 8, MigrationInterval = 10 };
            var world = new Archipelago(Founders.Of(3, Topology.Ring, settings), births, new HashOracle(), seed) { CrashRate = 0.05 }.Run();
            for (var i = 0; i < 3; i++)
            {
                Assert.True(world.States[i].IsFinished);
                Assert.Equal(Enumerable.Range(1, births), world.Journals[i].OfType<IslandEvent.Proposed>().Select(e => e.Birth));
                Assert.Equal(
                    Enumerable.Range(1, births),
                    world.Journals[i].OfType<IslandEvent.Judged>().Select(e => e.Judgement.Candidate.Birth).Order());
            }
        }, iter: 100);

    [Fact]
    public void FoldingTheJournalGivesTheLiveState() =>
        Gen.Select(Gen.Bool, Gen.Enum<Schedule>(), Gen.Int).Sample((strict, schedule, seed) =>
        {
            var founders = Founders.Of(2, Topology.Ring, new() { Strict = strict, Schedule = schedule, Population = 8, MigrationInterval = 10 });
            var world = new Archipelago(founders, 60, new HashOracle(), seed).Run();
            for (var i = 0; i < 2; i++)
            {
                var replayed = world.Journals[i].Aggregate(Island.Initial(founders[i]), Island.Apply);
                Assert.Equal(Describe.State(world.States[i]), Describe.State(replayed));
            }
        }, iter: 30);

    [Fact]
    public void RandomSearchNeitherSelectsNorRefinesNorMigrates()
    {
        var founders = Founders.Of(2, Topology.Ring, new() { RandomSearch = true, Refinement = RefinementPolicy.All, Population = 5 });
        var world = new Archipelago(founders, 100, new HashOracle(), 1).Run();
        Assert.All(world.History.OfType<IslandEvent.Proposed>(), e => Assert.Equal(Origin.Initial, e.Origin));
        Assert.DoesNotContain(world.History, e => e is IslandEvent.Emigrated or IslandEvent.MigrantsAdmitted);
    }

    [Fact]
    public void AfterItsInitialBirthsAnIslandVariesItsMembersByEveryOperator()
    {
        var world = new Archipelago(Founders.Of(1, Topology.Ring), 600, new HashOracle(), 1).Run();
        var births = world.History.OfType<IslandEvent.Proposed>().ToList();
        Assert.All(births.Take(25), e => Assert.True(e.Origin is Origin.Initial or Origin.Refinement));
        Assert.Equal(
            [.. VariationDefaults.Weights.Keys, Origin.Refinement],
            births.Skip(25).Select(e => e.Origin).Where(o => o != Origin.Initial).ToHashSet().Order());
    }

    [Fact]
    public void NoTreeOutgrowsTheCapsAndNoMemberHasAFitnessThatIsNotFinite()
    {
        var settings = new IslandSettings { MaxHeight = 4, MaxNodes = 12 };
        var world = new Archipelago(Founders.Of(2, Topology.Ring, settings), 400, new HashOracle(), 1).Run();
        Assert.All(world.History.OfType<IslandEvent.Proposed>(), e =>
        {
            Assert.True(e.Expression.IsLoss);
            Assert.InRange(e.Expression.Height, 1, 4);
            Assert.InRange(e.Expression.Count, 3, 12);
        });
        Assert.All(world.States, s => Assert.All(s.Population, m => Assert.True(double.IsFinite(m.Fitness))));
    }
}
