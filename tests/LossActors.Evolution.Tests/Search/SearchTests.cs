using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Tests.Simulation;
using LossActors.Evolution.Topologies;
using Xunit;

namespace LossActors.Evolution.Tests.Search;

public sealed class SearchTests(ITestOutputHelper output)
{
    private const int Seeds = 10;
    private const int Births = 150;

    // A squared error that presses harder where the prediction is large.
    private static readonly SyntheticTask s_task = new((y, f) => 2 * (f - y) * ((f * f) + 0.3));

    private static readonly Lazy<ImmutableArray<List<double>>> s_random = new(() =>
        [.. Enumerable.Range(1, Seeds).Select(seed => Trained(new() { Seed = (ulong)seed, RandomSearch = true }, 4 * Births))]);

    [Theory]
    [InlineData(RefinementPolicy.None, Schedule.SteadyState)]
    [InlineData(RefinementPolicy.Elites, Schedule.SteadyState)]
    [InlineData(RefinementPolicy.None, Schedule.Generational)]
    public void EvolutionBeatsRandomTreesThroughTheSameGatesAtEqualTrained(RefinementPolicy refinement, Schedule schedule)
    {
        var wins = 0;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var evolved = Trained(new() { Seed = (ulong)seed, Refinement = refinement, Schedule = schedule }, Births);
            var random = s_random.Value[seed - 1].Take(evolved.Count).ToList();
            Assert.Equal(evolved.Count, random.Count);
            output.WriteLine($"seed {seed}: {evolved.Count} trained, evolution {evolved.Min():0.0000}, random trees {random.Min():0.0000}");
            wins += evolved.Min() < random.Min() ? 1 : 0;
        }

        // Nine of ten or better by chance: p = .011 (sign test, one-sided).
        Assert.InRange(wins, 9, Seeds);
    }

    // Fitnesses in the order in which they became known on four islands.
    private static List<double> Trained(IslandSettings settings, int births)
    {
        var world = new Archipelago(Founders.Of(4, Topology.Ring, settings), births, s_task, (int)settings.Seed) { RepeatRate = 0 };
        return [.. world.Run().History.OfType<IslandEvent.Judged>()
            .Where(e => e.Judgement.Verdict == Verdict.Trained).Select(e => e.Judgement.Fitness)];
    }
}
