using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Tests.Simulation;
using LossActors.Expressions;
using LossActors.Expressions.Canonical;
using Xunit;

namespace LossActors.Evolution.Tests.Islands;

public sealed class RefinementTests
{
    private static readonly IslandSettings s_all = new() { Refinement = RefinementPolicy.All, Window = 1, Elites = 1 };

    [Fact]
    public void TheNextBirthRefinesTheElite()
    {
        var island = new Script(s_all);
        var expression = island.LastProposal.Expression;
        island.Finish(0.5);
        Assert.Equal((Origin.Refinement, expression), (island.LastProposal.Origin, island.LastProposal.Expression));
        Assert.Equal([new CandidateId(0, 1)], island.LastProposal.Parents);
        Assert.Equal((Stage.Refine, expression), (island.Owed(2)!.Stage, island.Owed(2)!.Expression));
    }

    [Fact]
    public void TheTunedExpressionGoesOnThroughGatesAndTraining()
    {
        var island = new Script(s_all);
        var tuned = Refine(island, out var birth);
        Assert.Equal((Stage.Screen, tuned), (island.Owed(birth)!.Stage, island.Owed(birth)!.Expression));
        island.Pass(birth);
        Assert.Equal(Stage.Train, island.Owed(birth)!.Stage);
        island.Train(birth, 0.4, seconds: 10);
        Assert.Equal((Verdict.Trained, 0.4, 111.0), (island.LastJudgement.Verdict, island.LastJudgement.Fitness, island.LastJudgement.Seconds));
        Assert.Contains(island.State.Population, m => m.Id.Birth == birth && m.Expression.Equals(tuned));
    }

    [Fact]
    public void WhatARefinementBroughtIsNotRefinedAgain()
    {
        var island = new Script(s_all);
        Refine(island, out var birth);
        island.Pass(birth);
        island.Train(birth, 0.4);
        Assert.NotEqual(Origin.Refinement, island.LastProposal.Origin);
    }

    [Fact]
    public void ARefinementThatChangedNothingIsADuplicateOfItsParent()
    {
        var island = new Script(s_all);
        var expression = island.LastProposal.Expression;
        island.Finish(0.5);
        island.Report(2, Stage.Refine, new Finding.Refined(expression, 1, 1, 250, 100));
        Assert.Equal((Verdict.Duplicate, 0.5, new CandidateId(0, 1)), (island.LastJudgement.Verdict, island.LastJudgement.Fitness, island.LastJudgement.SameAs!.Value));
        Assert.Single(island.State.Population);
    }

    [Fact]
    public void ARefinementWithTheGradientsOfItsParentIsEquivalentToIt()
    {
        var island = new Script(s_all);
        island.Pass(1, fingerprint: 9);
        island.Train(1, 0.5);
        island.Report(2, Stage.Refine, new Finding.Refined(Scaled(island.LastProposal.Expression), 1, 1, 250, 100));
        island.Pass(2, fingerprint: 9);
        Assert.Equal((Verdict.Equivalent, 0.5), (island.LastJudgement.Verdict, island.LastJudgement.Fitness));
    }

    [Fact]
    public void RejectedAndEquivalentCandidatesAreNeverRefined()
    {
        var island = new Script(s_all);
        island.Report(1, Stage.Screen, new Finding.Screened(Gate.Rejected, 0, 1));
        Assert.Equal((Verdict.Rejected, Origin.Initial), (island.LastJudgement.Verdict, island.LastProposal.Origin));
        Refine(island, out var refinement);
        island.Pass(refinement, fingerprint: 9);
        island.Train(refinement, 0.4);
        island.Pass(island.LastProposal.Birth, fingerprint: 9);
        Assert.Equal(Verdict.Equivalent, island.LastJudgement.Verdict);
        Assert.NotEqual(Origin.Refinement, island.LastProposal.Origin);
    }

    [Fact]
    public void AFailedRefinementEndsItsBirth()
    {
        var island = new Script(s_all);
        island.Finish(0.5);
        island.Report(2, Stage.Refine, new Finding.Failed("ran past its time limit", Poisonous: false, 600));
        Assert.Equal((Verdict.Failed, 600.0), (island.LastJudgement.Verdict, island.LastJudgement.Seconds));
    }

    [Fact]
    public void OnlyTheBestShareOfAPopulationOfSomeSizeIsRefined()
    {
        var island = new Script(s_all with { Refinement = RefinementPolicy.Elites, EliteFraction = 0.1 });
        foreach (var fitness in new[] { 0.5, 0.4, 0.3 })
        {
            island.Finish(fitness);
            Assert.Equal(Origin.Initial, island.LastProposal.Origin);
        }

        island.Finish(0.6);
        Assert.Equal(Origin.Initial, island.LastProposal.Origin);
        var best = island.Finish(0.1);
        Assert.Equal([new CandidateId(0, best)], island.LastProposal.Parents);
    }

    [Fact]
    public void RefinementIsOffWhereThePolicySaysSoAndInRandomSearch()
    {
        Assert.All(
            new[]
            {
                s_all with { Refinement = RefinementPolicy.None }, s_all with { RandomSearch = true },
                s_all with { RandomSearch = true, Refinement = RefinementPolicy.BeforeTraining },
            },
            settings =>
            {
                var island = new Script(settings);
                for (var i = 0; i < 40; i++)
                {
                    island.Finish(0.5 - (i / 100.0));
                }

                Assert.DoesNotContain(island.Journal.OfType<IslandEvent.Proposed>(), e => e.Origin == Origin.Refinement);
            });
    }

    [Fact]
    public void BeforeTrainingEverybodyWhomTheGatesLetThroughIsTunedAndJudgedByThat()
    {
        var island = new Script(s_all with { Refinement = RefinementPolicy.BeforeTraining });
        var untuned = island.LastProposal.Expression;
        island.Pass(1);
        Assert.Equal((Stage.Refine, untuned), (island.Owed(1)!.Stage, island.Owed(1)!.Expression));
        var tuned = Scaled(untuned);
        island.Report(1, Stage.Refine, new Finding.Refined(tuned, 1, 0.9, 250, 100));
        Assert.Equal((Stage.Train, tuned), (island.Owed(1)!.Stage, island.Owed(1)!.Expression));
        island.Train(1, 0.4);
        Assert.Equal((Verdict.Trained, 0.4), (island.LastJudgement.Verdict, island.LastJudgement.Fitness));
        Assert.Equal(tuned, Assert.Single(island.State.Population).Expression);
        Assert.Equal(tuned, island.State.Hall.Best!.Expression);
        Assert.Equal(Origin.Initial, island.LastProposal.Origin);
    }

    [Fact]
    public void BeforeTrainingGatesSaveTheTuningToo()
    {
        var island = new Script(s_all with { Refinement = RefinementPolicy.BeforeTraining });
        island.Pass(1, fingerprint: 9);
        island.Report(1, Stage.Refine, new Finding.Refined(Scaled(island.LastProposal.Expression), 1, 1, 250, 100));
        island.Train(1, 0.4, seconds: 10);
        island.Pass(2, fingerprint: 9);
        Assert.Equal((Verdict.Equivalent, 0.4, 110.0), (island.LastJudgement.Verdict, island.LastJudgement.Fitness, island.LastJudgement.SavedSeconds));
        island.Report(3, Stage.Screen, new Finding.Screened(Gate.Rejected, 0, 1));
        Assert.Equal(Verdict.Rejected, island.LastJudgement.Verdict);
        island.Pass(4);
        island.Report(4, Stage.Refine, new Finding.Failed("the first meta-gradient is not finite", Poisonous: false, 1));
        Assert.Equal(Verdict.Failed, island.LastJudgement.Verdict);
    }

    [Theory]
    [InlineData(Inheritance.Lamarckian)]
    [InlineData(Inheritance.Baldwinian)]
    public void OffspringInheritTunedCoefficientsUnlessLearningIsNotPassedOn(Inheritance inheritance)
    {
        const double Tuned = 1.2345;
        var island = new Script(s_all with { Population = 4, Inheritance = inheritance, Variation = s_all.Variation.Clear().Add(Origin.Point, 1) });
        for (var i = 0; i < 60; i++)
        {
            var birth = island.LastProposal.Birth;
            if (island.LastProposal.Origin == Origin.Refinement)
            {
                var expression = island.LastProposal.Expression;
                var tuned = expression.WithWeights([.. expression.Weights.Select((w, n) => n == expression.Count - 1 ? Tuned : w)]);
                island.Report(birth, Stage.Refine, new Finding.Refined(tuned, 1, 0.9, 250, 100));

                // A restart on the way forgets nothing.
                island.Restart();
            }

            island.Finish(0.5 - (i / 1000.0));
        }

        Assert.Contains(island.State.Hall.Members, m => m.Expression.Weights.Contains(Tuned));
        Assert.Contains(island.State.Population, m => m.Expression.Weights.Contains(Tuned));
        Assert.Equal(
            inheritance == Inheritance.Lamarckian,
            island.Journal.OfType<IslandEvent.Proposed>().Any(e => e.Origin == Origin.Point && e.Expression.Weights.Any(w => w == Tuned)));
    }

    private static Expression Refine(Script island, out int birth)
    {
        island.Finish(0.5);
        birth = island.LastProposal.Birth;
        var tuned = Scaled(island.LastProposal.Expression);
        island.Report(birth, Stage.Refine, new Finding.Refined(tuned, 1, 0.9, 250, 100));
        return tuned;
    }

    private static Expression Scaled(Expression expression) =>
        Canonicalizer.Canonical(expression.WithWeights([.. expression.Weights.Select((w, i) => i == 0 ? 1.5 * w : w)]));
}
