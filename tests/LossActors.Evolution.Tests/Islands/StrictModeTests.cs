using System.Collections.Immutable;
using CsCheck;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Tests.Simulation;
using Xunit;

namespace LossActors.Evolution.Tests.Islands;

public sealed class StrictModeTests
{
    [Fact]
    public void WhatIslandsDecideDoesNotDependOnArrivalOrderRepeatsGrantsOrCrashes() =>
        Gen.Select(Worlds.Strict, Gen.Int, Gen.Int).Sample((world, one, other) =>
        {
            var calm = new Archipelago(world.Islands, world.Births, new HashOracle(), one) { RepeatRate = 0 }.Run();
            var stormy = new Archipelago(world.Islands, world.Births, new HashOracle(), other) { CrashRate = 0.1 }.Run();
            for (var i = 0; i < world.Islands.Length; i++)
            {
                Assert.True(calm.States[i].IsFinished);
                Assert.True(stormy.States[i].IsFinished);
                Assert.Equal(Describe.Decisions(calm.Journals[i]), Describe.Decisions(stormy.Journals[i]));
            }
        }, iter: 300);

    [Fact]
    public void IslandsThatDifferInAllThatTheyMayAndAreSpentAtDifferentTimesAllComeToTheirEnds() =>
        Gen.Select(Worlds.Strict, Gen.Bool, Gen.Int).Sample((world, strict, seed) =>
        {
            ImmutableArray<IslandSettings> islands = [.. world.Islands.Select(i => i with { Strict = strict })];
            var run = new Archipelago(islands, world.Births, new HashOracle(), seed).Run();
            for (var i = 0; i < islands.Length; i++)
            {
                Assert.True(run.States[i].IsFinished);
                Assert.Equal(Enumerable.Range(1, world.Births[i]), run.Journals[i].OfType<IslandEvent.Judged>().Select(e => e.Judgement.Candidate.Birth).Order());
            }
        }, iter: 200);
}
