using CsCheck;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Tests.Simulation;
using LossActors.Evolution.Topologies;
using LossActors.Expressions;
using Xunit;

namespace LossActors.Evolution.Tests.Islands;

public sealed class StrictModeTests
{
    // Two of them are the same function.
    private static readonly Expression[] s_starts =
        [.. new[] { "square(sub(y, f))", "square(sub(f, y))", "mul(y, log(f))", "abs(log(1.1*mul(y, f)))" }.Select(Expression.Parse)];

    private static readonly Gen<IslandSettings> s_settings =
        from window in Gen.Int[1, 9]
        from population in Gen.Int[3, 12]
        from schedule in Gen.Enum<Schedule>()
        from refinement in Gen.Enum<RefinementPolicy>()
        from interval in Gen.Int[0, 15]
        from size in Gen.Int[1, 3]
        from seed in Gen.ULong
        from racing in Gen.Bool
        from warmUp in Gen.Int[1, 10]
        from starts in Gen.Int[0, 4]
        select new IslandSettings
        {
            Seed = seed, Strict = true, Window = window, Population = population, Schedule = schedule, Refinement = refinement,
            WarmStarts = [.. s_starts.Take(starts)], MigrationInterval = interval, MigrationSize = size, EliteFraction = 0.3,
            Racing = new() { Enabled = racing, WarmUp = warmUp, Spared = 0.1 },
        };

    [Fact]
    public void WhatIslandsDecideDoesNotDependOnArrivalOrderRepeatsGrantsOrCrashes() =>
        Gen.Select(s_settings, Gen.Bool.Select(all => all ? Topology.FullyConnected : Topology.Ring), Gen.Int[1, 4], Gen.Int[1, 60], Gen.Int, Gen.Int)
            .Sample((settings, topology, islands, births, one, other) =>
            {
                var founders = Founders.Of(islands, topology, settings);
                var calm = new Archipelago(founders, births, new HashOracle(), one) { RepeatRate = 0 }.Run();
                var stormy = new Archipelago(founders, births, new HashOracle(), other) { CrashRate = 0.1 }.Run();
                for (var i = 0; i < islands; i++)
                {
                    Assert.True(calm.States[i].IsFinished);
                    Assert.True(stormy.States[i].IsFinished);
                    Assert.Equal(Describe.Decisions(calm.Journals[i]), Describe.Decisions(stormy.Journals[i]));
                }
            }, iter: 150);
}
