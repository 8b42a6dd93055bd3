using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Tests.Simulation;
using LossActors.Evolution.Topologies;
using Xunit;

namespace LossActors.Evolution.Tests.Search;

public sealed class SearchTests(ITestOutputHelper output)
{
    private const int Births = 150;

    [Theory]
    [InlineData(RefinementPolicy.None, Schedule.SteadyState)]
    [InlineData(RefinementPolicy.Elites, Schedule.SteadyState)]
    [InlineData(RefinementPolicy.None, Schedule.Generational)]
    public void EvolutionBeatsRandomTreesAtEqualTrained(RefinementPolicy refinement, Schedule schedule)
    {
        // Cross-entropy on the target class with a weaker pull elsewhere: -y log f + f / 2.
        var task = new SyntheticTask((y, f) => (-y / f) + 0.5);
        var wins = 0;
        for (var seed = 1; seed <= 10; seed++)
        {
            var settings = new IslandSettings { Seed = (ulong)seed, Refinement = refinement, Schedule = schedule };
            var evolved = Trained(settings, task, Births);
            var random = Trained(settings with { RandomSearch = true }, task, 3 * Births).Take(evolved.Count).ToList();
            Assert.Equal(evolved.Count, random.Count);
            output.WriteLine($"seed {seed}: {evolved.Count} trained, evolution {evolved.Min():0.0000}, random {random.Min():0.0000}");
            wins += evolved.Min() < random.Min() ? 1 : 0;
        }

        // 9 of 10 by chance: p = .011 (sign test, one-sided).
        Assert.InRange(wins, 9, 10);
    }

    // Fitnesses in the order in which they became known.
    private static List<double> Trained(IslandSettings settings, IOracle task, int births)
    {
        var world = new Archipelago(Founders.Of(4, Topology.Ring, settings), births, task, (int)settings.Seed) { RepeatRate = 0 };
        return [.. world.Run().History.OfType<IslandEvent.Judged>()
            .Where(e => e.Judgement.Verdict == Verdict.Trained).Select(e => e.Judgement.Fitness)];
    }
}
