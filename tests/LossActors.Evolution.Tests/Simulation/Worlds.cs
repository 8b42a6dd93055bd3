using System.Collections.Immutable;
using CsCheck;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Migration;
using LossActors.Evolution.Topologies;
using LossActors.Expressions;

namespace LossActors.Evolution.Tests.Simulation;

/// <summary>Archipelagos of every kind: all topologies and policies, islands that differ, budgets that differ.</summary>
/// <param name="Islands">The islands.</param>
/// <param name="Births">The budget of each.</param>
internal sealed record Worlds(ImmutableArray<IslandSettings> Islands, ImmutableArray<int> Births)
{
    // Two of them are the same function.
    private static readonly Expression[] s_starts =
        [.. new[] { "square(sub(y, f))", "square(sub(f, y))", "mul(y, log(f))", "abs(log(1.1*mul(y, f)))" }.Select(Expression.Parse)];

    private static readonly ImmutableArray<Primitive> s_arithmetic = [Primitive.Y, Primitive.F, Primitive.Sub, Primitive.Mul, Primitive.Square];

    private static readonly Gen<IslandSettings> s_common =
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
        from handling in Gen.Enum<MigrationHandling>()
        from replacement in Gen.Enum<MigrantReplacement>()
        from stagnation in Gen.Int[0, 30]
        from keep in Gen.Enum<StagnationKeep>()
        from initial in Gen.OneOf(Gen.Const(0), Gen.Int[1, 20])
        select new IslandSettings
        {
            Seed = seed, Strict = true, Window = window, Population = population, Schedule = schedule, Refinement = refinement,
            WarmStarts = [.. s_starts.Take(starts)], MigrationInterval = interval, MigrationSize = size, EliteFraction = 0.3,
            Racing = new() { Enabled = racing, WarmUp = warmUp, Spared = 0.1 },
            MigrationHandling = handling, MigrantReplacement = replacement, StagnationAfter = stagnation < 5 ? 0 : stagnation, StagnationKeep = keep,
            InitialPopulation = schedule == Schedule.SteadyState ? initial : 0,
        };

    private static readonly Gen<Link> s_link =
        from ends in Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4])
        from weight in Gen.OneOf(Gen.Const(1.0), Gen.Double[0.05, 1])
        select new Link(ends.Item1, ends.Item2, weight);

    private static readonly Gen<ITopology> s_topology =
        from name in Gen.Int[0, Topology.Names.Length - 1].Select(i => Topology.Names[i])
        from graph in s_link.Array[1, 12]
        from rewiring in Gen.Double[0, 1]
        from seed in Gen.ULong
        select Topology.Parse(name, new() { Graph = [.. graph], Rewiring = rewiring, Seed = seed });

    // How an island differs from the others, and its budget.
    private static readonly Gen<(int Larger, bool Arithmetic, TaskSet Tasks, int Births)> s_own = Gen.Select(
        Gen.Int[0, 5],
        Gen.Frequency((3, Gen.Const(false)), (1, Gen.Const(true))),
        Gen.Frequency((3, Gen.Const(TaskSet.All)), (1, Gen.Const(TaskSet.Of([0]))), (1, Gen.Const(TaskSet.Of([1])))),
        Gen.Int[1, 60]);

    /// <summary>Of up to five islands in strict mode.</summary>
    public static Gen<Worlds> Strict { get; } =
        from common in s_common
        from topology in s_topology
        from own in s_own.Array[1, 5]
        select new Worlds(
            Founding.Of(
                own.Select(o => common with
                {
                    Population = common.Population + o.Larger,
                    Tasks = o.Tasks,
                    Primitives = o.Arithmetic ? s_arithmetic : common.Primitives,
                    WarmStarts = o.Arithmetic ? [] : common.WarmStarts,
                    MigrationHandling = topology.IsThroughHallOfFame ? MigrationHandling.Preserve : common.MigrationHandling,
                }),
                topology),
            [.. own.Select(o => o.Births)]);
}
