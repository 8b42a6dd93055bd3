using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Tests.Simulation;
using LossActors.Expressions;
using Xunit;

namespace LossActors.Evolution.Tests.Islands;

public sealed class CandidatesWayTests
{
    private static readonly IslandSettings s_plain = new() { Refinement = RefinementPolicy.None, Window = 3 };

    [Fact]
    public void ACandidateIsScreenedThenTrainedThenJudged()
    {
        var island = new Script(s_plain);
        Assert.Equal(Stage.Screen, island.Owed(1)!.Stage);
        island.Pass(1, seconds: 2);
        Assert.Equal(Stage.Train, island.Owed(1)!.Stage);
        island.Train(1, 0.25, seconds: 5);
        Assert.Null(island.Owed(1));
        Assert.Equal(
            (Verdict.Trained, 0.25, 500, 7.0, 0.0),
            (island.LastJudgement.Verdict, island.LastJudgement.Fitness, island.LastJudgement.TrainedSteps, island.LastJudgement.Seconds, island.LastJudgement.SavedSeconds));
        Assert.Equal(0.25, island.State.Best!.Fitness);
    }

    [Fact]
    public void TheWindowIsKeptFull()
    {
        var island = new Script(s_plain);
        Assert.Equal([1, 2, 3], Island.Outstanding(island.State).Select(a => a.Candidate.Birth));
        island.Stop(2);
        Assert.Equal([1, 3, 4], Island.Outstanding(island.State).Select(a => a.Candidate.Birth));
    }

    [Theory]
    [InlineData(Gate.ZeroGradient, Verdict.ZeroGradient)]
    [InlineData(Gate.Rejected, Verdict.Rejected)]
    public void AGateEndsTheWayAtOnce(Gate gate, Verdict verdict)
    {
        var island = new Script(s_plain);
        island.Stop(1, gate);
        Assert.Equal((verdict, double.PositiveInfinity), (island.LastJudgement.Verdict, island.LastJudgement.Fitness));
        Assert.Empty(island.State.Population);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void AFitnessThatIsNotFiniteIsADivergence(double fitness)
    {
        var island = new Script(s_plain);
        island.Pass(1);
        island.Train(1, fitness);
        Assert.Equal((Verdict.Diverged, double.PositiveInfinity), (island.LastJudgement.Verdict, island.LastJudgement.Fitness));
        Assert.Empty(island.State.Population);
        Assert.Null(island.State.Best);
    }

    [Theory]
    [InlineData(true, Verdict.Quarantined)]
    [InlineData(false, Verdict.Failed)]
    public void AFailureEndsTheWayWithItsReason(bool poisonous, Verdict verdict)
    {
        var island = new Script(s_plain);
        island.Report(1, Stage.Screen, new Finding.Failed("evaluator died three times", poisonous, 3));
        Assert.Equal((verdict, "evaluator died three times"), (island.LastJudgement.Verdict, island.LastJudgement.Reason));
    }

    [Fact]
    public void AnAnswerOfTheWrongKindIsAFailureNotAHang()
    {
        var island = new Script(s_plain);
        island.Report(1, Stage.Screen, new Finding.Trained([0.1], 500, Diverged: false, 1));
        Assert.Equal((Verdict.Failed, "Trained is no answer to Screen"), (island.LastJudgement.Verdict, island.LastJudgement.Reason));
    }

    [Fact]
    public void WhatIsNotOutstandingHasNoEffect()
    {
        var island = new Script(s_plain);
        var before = island.Journal.Count;
        island.Train(1, 0.5);
        island.Pass(99);
        island.Send(new IslandCommand.Report(new(7, 1), Stage.Screen, new Finding.Screened(Gate.Passed, 1, 1)));
        island.Send(new IslandCommand.Admit(1, 0, []));
        island.Send(new IslandCommand.Grant(1, 50));
        island.Send(new IslandCommand.Grant(3, 50));
        Assert.Equal(before, island.Journal.Count);
        island.Stop(1);
        before = island.Journal.Count;
        island.Stop(1);
        Assert.Equal(before, island.Journal.Count);
    }

    [Fact]
    public void DecidingChangesNothingAndRepeatsItself()
    {
        var island = new Script(s_plain);
        var state = island.State;
        var before = Describe.State(state);
        var command = new IslandCommand.Report(new(0, 1), Stage.Screen, new Finding.Screened(Gate.Rejected, default, 1));
        var once = Island.Decide(state, command).Select(Describe.Event).ToList();
        Assert.Equal(once, Island.Decide(state, command).Select(Describe.Event));
        Assert.Equal(before, Describe.State(state));
    }

    [Fact]
    public void EqualGradientsShareTheFitnessOfTheFirst()
    {
        var island = new Script(s_plain);
        island.Pass(1, fingerprint: 5);
        island.Pass(2, fingerprint: 5);
        Assert.Null(island.Owed(2));
        Assert.Empty(island.Journal.OfType<IslandEvent.Judged>());
        island.Train(1, 0.3, seconds: 8);
        Assert.Equal(
            (Verdict.Equivalent, 0.3, new CandidateId(0, 1), 8.0),
            (island.LastJudgement.Verdict, island.LastJudgement.Fitness, island.LastJudgement.SameAs!.Value, island.LastJudgement.SavedSeconds));
        island.Pass(3, fingerprint: 5);
        Assert.Equal(Verdict.Equivalent, island.LastJudgement.Verdict);
        Assert.Equal((2, 16.0), (island.State.Verdicts[Verdict.Equivalent], island.State.SavedSeconds[Verdict.Equivalent]));
    }

    [Fact]
    public void TheEquivalentOfOneThatDivergedHasNoFitnessEither()
    {
        var island = new Script(s_plain);
        island.Pass(1, fingerprint: 5);
        island.Pass(2, fingerprint: 5);
        island.Train(1, double.NaN);
        Assert.Equal((Verdict.Equivalent, double.PositiveInfinity), (island.LastJudgement.Verdict, island.LastJudgement.Fitness));
    }

    [Fact]
    public void AKnownExpressionIsADuplicateThatCostsNothing()
    {
        // Two primitives and height 1 leave so few losses that births must repeat.
        var tiny = s_plain with
        {
            Primitives = [Primitive.Y, Primitive.F, Primitive.Sub], MinInitialHeight = 1, MaxInitialHeight = 1, MaxHeight = 1, RandomSearch = true, Window = 1,
        };
        var island = new Script(tiny, births: 20, exhausted: true);
        while (Island.Outstanding(island.State) is [var first, ..])
        {
            island.Finish(first.Candidate.Birth / 10.0);
        }

        Assert.True(island.State.IsFinished);
        var duplicates = island.Journal.OfType<IslandEvent.Judged>().Select(e => e.Judgement).Where(j => j.Verdict == Verdict.Duplicate).ToList();
        Assert.Equal(20, duplicates.Count + island.State.Trained);
        Assert.InRange(island.State.Trained, 1, 2);
        Assert.All(duplicates, j => Assert.Equal((j.SameAs!.Value.Birth / 10.0, 0.0, 11.0), (j.Fitness, j.Seconds, j.SavedSeconds)));
        Assert.Equal(island.State.Trained, island.State.Population.Length);
    }
}
