using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Tests.Simulation;
using LossActors.Expressions;
using LossActors.Expressions.Canonical;
using Xunit;

namespace LossActors.Evolution.Tests.Islands;

public sealed class WarmStartTests
{
    private static readonly ImmutableArray<Expression> s_starts =
        [.. new[] { "square(sub(y, f))", "mul(-1*y, log(f))", "square(sub(f, y))" }.Select(Expression.Parse)];

    private static readonly IslandSettings s_settings = new() { Window = 1, Refinement = RefinementPolicy.All, WarmStarts = s_starts };

    [Fact]
    public void TheyAreTheFirstBirthsInTheirOrderAndInCanonicalForm()
    {
        var island = new Script(s_settings);
        Assert.Equal((1, Origin.WarmStart), (island.LastProposal.Birth, island.LastProposal.Origin));
        Assert.Equal(Canonicalizer.Canonical(s_starts[0]), island.LastProposal.Expression);

        // A warm start that is trained may be refined like anybody, but not before the others have been born.
        island.Finish(0.5);
        Assert.Equal((2, Canonicalizer.Canonical(s_starts[1])), (island.LastProposal.Birth, island.LastProposal.Expression));
        island.Finish(0.4);

        // The third is the first in another form: a duplicate, which costs a birth and no more.
        Assert.Equal((Verdict.Duplicate, 0.5), (island.LastJudgement.Verdict, island.LastJudgement.Fitness));
        Assert.Equal((4, Origin.Refinement), (island.LastProposal.Birth, island.LastProposal.Origin));
        Assert.Equal([1, 2], island.State.Population.Select(m => m.Id.Birth));
    }

    [Fact]
    public void GatesStopThemLikeAnybody()
    {
        var island = new Script(s_settings);
        island.Stop(1);
        Assert.Equal(Verdict.Rejected, island.LastJudgement.Verdict);
        Assert.Empty(island.State.Population);
    }

    [Fact]
    public void RandomTreesMakeUpTheRestOfTheFirstPopulation()
    {
        var island = new Script(s_settings with { Refinement = RefinementPolicy.None });
        for (var i = 0; i < 8; i++)
        {
            island.Finish(0.5);
        }

        Assert.Equal(
            [Origin.WarmStart, Origin.WarmStart, Origin.WarmStart, .. Enumerable.Repeat(Origin.Initial, 5)],
            island.Journal.OfType<IslandEvent.Proposed>().Take(8).Select(e => e.Origin));
    }

    [Fact]
    public void WhatLacksYOrFIsRefused() =>
        Assert.Contains("lacks y or f", Assert.Throws<ArgumentException>(() => Island.Initial(new() { WarmStarts = [Expression.Parse("log(f)")] })).Message, StringComparison.Ordinal);
}
