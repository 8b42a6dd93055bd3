using CsCheck;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Initialisation;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Randomness;
using LossActors.Evolution.Variation;
using LossActors.Expressions;

namespace LossActors.Evolution.Tests.Simulation;

/// <summary>Trees for tests.</summary>
internal static class Trees
{
    /// <summary>Nodes depth first, left to right.</summary>
    public static Expression Of(params Primitive[] primitives) => new([.. primitives.Select(p => new Node(p))]);

    /// <summary>sub(y, f).</summary>
    public static Expression Difference => Of(Primitive.Sub, Primitive.Y, Primitive.F);

    /// <summary>An individual of sub(y, f) under so many times logs: equal fitness, different complexity.</summary>
    public static Individual Individual(int birth, double fitness, int logs = 0, int island = 0) =>
        new(new(island, birth), Of([.. Enumerable.Repeat(Primitive.Log, logs), Primitive.Sub, Primitive.Y, Primitive.F]), fitness);

    public static RandomStream Stream(int number) => RandomStream.For(20, 0, (ulong)number, Purpose.Variation);

    /// <summary>Genomes as an island makes them.</summary>
    public static Gen<Expression> Genomes(IslandSettings settings) =>
        Gen.Int[0, 1_000_000].Select(n => Viability.Make(HalfAndHalf.Ramped(settings, Stream(n)), settings, Stream(n)))
            .Where(e => e is not null).Select(e => e!);
}
