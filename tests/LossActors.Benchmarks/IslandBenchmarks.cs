using BenchmarkDotNet.Attributes;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Randomness;

namespace LossActors.Benchmarks;

/// <summary>The whole way of one candidate through an island, from its proposal to its verdict, on an island that has judged so many before: it should cost the same on an old one.</summary>
[MemoryDiagnoser]
public class IslandBenchmarks
{
    private const int Candidates = 100;

    private IslandState _state = null!;

    [Params(500, 20_000)]
    public int Age { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var settings = new IslandSettings { Refinement = RefinementPolicy.None };
        _state = Live(Do(Island.Initial(settings), new IslandCommand.Grant(1, int.MaxValue / 2)), Age);
    }

    [Benchmark(OperationsPerInvoke = Candidates)]
    public IslandState Candidate() => Live(_state, Candidates);

    private static IslandState Live(IslandState state, int candidates)
    {
        for (var until = state.Judged + candidates; state.Judged < until;)
        {
            var next = Island.Outstanding(state)[0];
            var stream = RandomStream.For(7, (ulong)next.Candidate.Birth, (ulong)next.Stage, Purpose.Probe);
            Finding finding = next.Stage == Stage.Screen
                ? new Finding.Screened(stream.NextBool(0.6) ? Gate.Passed : Gate.Rejected, stream.NextUInt64(), 0.01)
                : new Finding.Trained([stream.NextDouble()], 100, Diverged: false, 0.1);
            state = Do(state, new IslandCommand.Report(next.Candidate, next.Stage, finding));
        }

        return state;
    }

    private static IslandState Do(IslandState state, IslandCommand command) => Island.Decide(state, command).Aggregate(state, Island.Apply);
}
