using LossActors.ProcessTests.Machine;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>A search for neural losses, which has no islands, is killed like any other.</summary>
public sealed class NeuralSearchKilledTests : ProcessTest
{
    private const int Starts = 8;

    private static readonly string[] s_learnQuickly =
        ["--set", "training.steps=20", "--set", "refinement.steps=4", "--set", "refinement.inner-steps=4", "--set", "refinement.checkpoints=1", .. s_shortFinals];

    [Fact(Timeout = Deadline)]
    public async Task Nothing_acknowledged_is_lost_or_learned_twice()
    {
        var search = StartSearch(["run", "breast-cancer", "--preset", "ml3", "--evaluations", $"{Starts}", .. s_learnQuickly]);
        var run = await RunIdAsync(search);
        await AcknowledgesAsync(search, 2);
        search.Os.Send(Signal.Kill);
        await search.ExitAsync(Stop);
        await LeavesNobodyAsync(search);
        var acknowledged = Acknowledged.In(search.Out.Lines);
        Assert.InRange(acknowledged.Count, 2, Starts);
        Record(run).Holds(acknowledged);

        var resumed = StartSearch(["resume", run]);
        await CompletesAsync(resumed);
        await LeavesNobodyAsync(resumed);

        Assert.Empty(acknowledged.Select(r => r.Candidate).Intersect(Acknowledged.In(resumed.Out.Lines).Select(r => r.Candidate)));
        Record(run).Holds(acknowledged);
        Record(run).HasNothingTwice();
        Assert.Equal((Starts, "completed"), (Record(run).Evaluations(), Record(run).State()));
        await VerifiesAsync(run);
    }
}
