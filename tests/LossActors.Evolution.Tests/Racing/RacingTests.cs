using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Racing;
using LossActors.Evolution.Snapshots;
using LossActors.Evolution.Tests.Simulation;
using Xunit;

namespace LossActors.Evolution.Tests.Racing;

public sealed class RacingTests
{
    private static readonly IslandSettings s_settings = new()
    {
        Window = 1, MigrationInterval = 0, Refinement = RefinementPolicy.None,
        Racing = new() { Enabled = true, ReductionFactor = 3, Rungs = 2, WarmUp = 3, Spared = 0 },
    };

    [Fact]
    public void WithoutRacingThereAreNoRungs()
    {
        var island = new Script(s_settings with { Racing = new() });
        island.Pass(1);
        Assert.Empty(island.Owed(1)!.Rungs);
    }

    [Fact]
    public void TheFirstCandidatesAreMeasuredAtTheRungsButNotStopped()
    {
        var island = new Script(s_settings);
        island.Pass(1);
        Assert.Equal([new(9, null), new(3, null), new(1, null)], island.Owed(1)!.Rungs);
    }

    [Fact]
    public void LaterOnesMeetTheBarsThatWereKnownAtTheirBirth()
    {
        var island = new Script(s_settings with { Window = 2 });
        Train(island, [0.9, 0.6, 0.3]);
        Train(island, [0.8, 0.5, 0.2]);
        Train(island, [0.7, 0.4, 0.1]);
        var early = Island.Outstanding(island.State)[0].Candidate.Birth;
        Assert.Equal(4, early);
        Train(island, [0.1, 0.1, 0.1]);

        // Birth 4 was born when two were judged, birth 5 when three were.
        Assert.Equal([new(9, null), new(3, null), new(1, null)], Rungs(island, 4));
        Assert.Equal([new(9, 0.7), new(3, 0.4), new(1, 0.1)], Rungs(island, 5));
    }

    [Fact]
    public void AStoppedCandidateHasTheErrorOfItsRungAndNoPlaceAmongTheBest()
    {
        var island = new Script(s_settings with { Refinement = RefinementPolicy.All, MigrationInterval = 2, Neighbours = [new(1, 0)] });
        var full = Train(island, [0.9, 0.6, 0.3]);
        Refuse(island);
        var stopped = Stop(island, [0.05]);
        var judgement = island.LastJudgement;

        Assert.Equal((stopped, Verdict.Stopped, 0.05, 55, 55, 945), (judgement.Candidate.Birth, judgement.Verdict, judgement.Fitness, judgement.StoppedAt, judgement.TrainedSteps, judgement.SavedSteps));
        Assert.Equal(945 / 55.0 * 11, judgement.SavedSeconds, 9);
        Assert.Equal(full, island.State.Best!.Id.Birth);
        Assert.Equal([full], island.State.Hall.Members.Select(m => m.Id.Birth));
        Assert.Contains(island.State.Population, m => m.Id.Birth == stopped && m.StoppedAt == 55);
        Assert.NotEqual(Origin.Refinement, island.LastProposal.Origin);
        Assert.Equal([full], Island.Emigrants(island.State, 1, 1)!.Value.Select(m => m.Id.Birth));
        Assert.Equal(1, island.State.Trained);
    }

    [Fact]
    public void WhoSharesAnEarlyFitnessSharesItsLengthAlsoAfterASnapshot()
    {
        var island = new Script(s_settings);
        island.Pass(1, fingerprint: 7);
        island.Report(1, Stage.Train, new Finding.Trained([], 55, Diverged: false, 11) { Curve = [0.2], SavedSteps = 945 });
        island.Pass(2, fingerprint: 7);
        Assert.Equal((Verdict.Equivalent, 0.2, 55, 0), (island.LastJudgement.Verdict, island.LastJudgement.Fitness, island.LastJudgement.StoppedAt, island.LastJudgement.TrainedSteps));

        var restored = IslandSnapshot.Of(island.State).Restore(s_settings);
        Assert.Equal(55, restored.Ledger.StoppedAt(new(0, 1)));
        Assert.Equal(island.State.Rungs.Errors[0], restored.Rungs.Errors[0]);
    }

    [Fact]
    public void WhoWasStoppedStillTeachesTheRungsItReached()
    {
        var island = new Script(s_settings);
        Train(island, [0.9, 0.6, 0.3]);
        Stop(island, [0.8, 0.5]);
        Assert.Equal([2, 2, 1], island.State.Rungs.Errors.Select(rung => rung.Length));
    }

    [Fact]
    public void ADivergedTrainingIsDivergedWhateverItsRungsSaid()
    {
        var island = new Script(s_settings);
        island.Pass(1);
        island.Report(1, Stage.Train, new Finding.Trained([], 80, Diverged: true, 1) { Curve = [0.2] });
        Assert.Equal((Verdict.Diverged, null, double.PositiveInfinity), (island.LastJudgement.Verdict, island.LastJudgement.StoppedAt, island.LastJudgement.Fitness));
    }

    [Fact]
    public void TheSparedShareIsDrawnBySeedAndBirthAndNeverStopped()
    {
        var settings = s_settings with { Racing = s_settings.Racing with { Spared = 0.25 } };
        var (one, same, other) = (Spared(settings), Spared(settings), Spared(settings with { Seed = 2 }));
        Assert.Equal(one, same);
        Assert.NotEqual(one, other);
        Assert.InRange(one.Count, 30, 70);
    }

    [Fact]
    public void ARefinementIsTrainedToItsEnd()
    {
        var island = new Script(s_settings with { Refinement = RefinementPolicy.All });
        for (var i = 0; i < 3; i++)
        {
            Train(island, [0.9, 0.6, 0.3]);
            if (i < 2)
            {
                Refuse(island);
            }
        }

        var birth = island.LastProposal.Birth;
        Assert.Equal(Origin.Refinement, island.LastProposal.Origin);
        island.Report(birth, Stage.Refine, new Finding.Refined(island.LastProposal.Expression.WithWeights([.. island.LastProposal.Expression.Weights.Select(w => w * 1.5)]), 1, 0.9, 5, 1));
        Assert.All(Rungs(island, birth), rung => Assert.Null(rung.Bar));
    }

    private static List<int> Spared(IslandSettings settings)
    {
        var island = new Script(settings);
        for (var i = 0; i < 203; i++)
        {
            Train(island, [0.9, 0.6, 0.3]);
        }

        return [.. island.Journal.OfType<IslandEvent.Proposed>().Where(p => p.Birth is > 3 and <= 203 && p.Rungs[0].Bar is null).Select(p => p.Birth)];
    }

    private static ImmutableArray<Rung> Rungs(Script island, int birth) =>
        island.Journal.OfType<IslandEvent.Proposed>().Single(p => p.Birth == birth).Rungs;

    private static int Train(Script island, ImmutableArray<double> curve) =>
        Report(island, new Finding.Trained([curve[^1], curve[^1]], 1000, Diverged: false, 10) { Curve = curve });

    private static int Stop(Script island, ImmutableArray<double> curve) =>
        Report(island, new Finding.Trained([], 55, Diverged: false, 11) { Curve = curve, SavedSteps = 945 });

    // A refinement that is next, and comes to nothing.
    private static void Refuse(Script island) =>
        island.Report(island.LastProposal.Birth, Stage.Refine, new Finding.Failed("no", Poisonous: false, 1));

    private static int Report(Script island, Finding.Trained finding)
    {
        var birth = Island.Outstanding(island.State)[0].Candidate.Birth;
        island.Pass(birth);
        island.Report(birth, Stage.Train, finding);
        return birth;
    }
}
