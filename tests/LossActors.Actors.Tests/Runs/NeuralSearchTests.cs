using LossActors.Actors.Experiments;
using LossActors.Actors.Hosting;
using LossActors.Actors.Record;
using LossActors.Actors.Tests.Databases;
using LossActors.Learning.Losses.Neural;
using Xunit;

namespace LossActors.Actors.Tests.Runs;

/// <summary>Runs without islands: ML3 and the baseline.</summary>
public abstract class NeuralSearchTests(SharedPostgres? postgres = null) : SearchTest(postgres)
{
    [Fact]
    public async Task EveryStartIsLearnedOnceAndTheBestAreMeasuredAgain()
    {
        var node = await SearchNode.StartAsync(Options(Ml3()));
        var acknowledged = await Acknowledged(node, 20);
        var outcome = await Finish(node);

        using var reader = RecordReader.Open(Database);
        var run = reader.Show("r1");
        var candidates = reader.Candidates("r1");
        Assert.Equal(("completed", 20, 20, 0), (run.State, run.Evaluations, candidates.Count, run.Islands));
        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"0:{i}"), acknowledged.Order(StringComparer.Ordinal).OrderBy(id => int.Parse(id[2..], null)));
        Assert.Contains(candidates, c => c is { Verdict: "failed", Reason: "the first meta-gradient is not finite", RefinementSteps: 20 });
        Assert.All(candidates.Where(c => c.Verdict == "trained"), c => Assert.Equal(
            (NeuralLoss.Name, NeuralLoss.ParameterCount, 300, 100, "pid 1 slot 0 cpu"), (c.Expression, c.Weights.Length, c.RefinementSteps, c.TrainedSteps, c.Worker)));
        Assert.Equal(candidates.Sum(c => c.RefinementSteps), run.RefinementSteps);
        Assert.Equal([1, 2, 3], run.HallOfFame.Select(h => h.Rank));
        Assert.Equal(3, outcome.Losses);
        Assert.Equal(run.HallOfFame.Select(h => h.Fitness ?? double.PositiveInfinity).Order(), run.HallOfFame.Select(h => h.Fitness ?? double.PositiveInfinity));
        Assert.Equal(
            candidates.Where(c => c.Fitness is not null).OrderBy(c => c.Fitness).Take(3).Select(c => c.Id).Order(StringComparer.Ordinal),
            run.HallOfFame.Select(h => h.Candidate).Order(StringComparer.Ordinal));
        Assert.NotNull(run.Baseline);
    }

    [Fact]
    public async Task SlotsAndInterruptionsChangeNothing()
    {
        var expected = await RunToEnd(Options(Ml3(), "one", slots: 1));
        Assert.Equal(expected, await RunToEnd(Options(Ml3(), "three", slots: 3)));
        var acknowledged = new List<string>();
        for (var cut = 0; cut < 3; cut++)
        {
            var node = await SearchNode.StartAsync(Options(Ml3(), "cut", resume: cut > 0));
            acknowledged.AddRange(await Acknowledged(node, 5));
            await Abort(node);
        }

        Assert.Equal(expected, await RunToEnd(Options(Ml3(), "cut", resume: true)));

        using var reader = RecordReader.Open(Database);
        Assert.Equal(20, reader.Candidates("cut").Select(c => c.Id).Distinct().Count());
        Assert.Equal(acknowledged.Count, acknowledged.Distinct().Count());
    }

    [Fact]
    public async Task ItsTablesAreCheckedAgainstItsJournalAndAForgeryIsSeen()
    {
        await RunToEnd(Options(Ml3()));
        var sound = RunVerifier.Verify(Database, "r1");
        Assert.Empty(sound.Differences);
        Assert.True(sound is { Agrees: true, IsComplete: true, IsReplayed: false, Checked: > 20 });

        foreach (var forgery in (string[])
        [
            "UPDATE births SET fitness = 0.001 WHERE birth = 1",
            "UPDATE replicates SET fitness = 0.001 WHERE fresh = 1 AND candidate = (SELECT candidate FROM hall_of_fame WHERE rank = 1)",
        ])
        {
            using (var db = Database.Open(write: true))
            using (var command = db.CreateCommand())
            {
                command.CommandText = forgery;
                command.ExecuteNonQuery();
            }

            var found = RunVerifier.Verify(Database, "r1");
            Assert.True(found.Agreeing < sound.Agreeing, forgery);
            sound = found;
        }
    }

    [Fact]
    public async Task TheBaselineIsMeasuredAndNothingElse()
    {
        var node = await SearchNode.StartAsync(Options(Small() with { Search = Small().Search with { Method = SearchMethod.Baseline } }));
        var outcome = await Finish(node);

        using var reader = RecordReader.Open(Database);
        var run = reader.Show("r1");
        Assert.Equal(("completed", 0), (outcome.State, outcome.Losses));
        Assert.Equal(("completed", 0, 0), (run.State, run.Evaluations, run.HallOfFame.Length));
        Assert.Equal(2, Assert.IsType<BaselineResult>(run.Baseline).Replicates.Length);
        Assert.Empty(RunVerifier.Verify(Database, "r1").Differences);
    }

    private protected static Experiment Ml3(int evaluations = 20) =>
        Small(evaluations: evaluations) is var small ? small with { Search = small.Search with { Method = SearchMethod.Ml3 } } : small;
}
