using System.Collections.Immutable;
using LossActors.Evolution.Migration;
using LossActors.Evolution.Topologies;
using LossActors.Expressions;
using LossActors.Expressions.Canonical;

namespace LossActors.Evolution.Islands;

/// <summary>Makes an archipelago of islands: what each must know of the others.</summary>
public static class Founding
{
    /// <summary>The settings of all islands, numbered, with their links, and with what and who is foreign to each. Those that are closed have no links.</summary>
    /// <param name="islands">What each is founded with; they may differ.</param>
    /// <param name="topology">Who pulls from whom.</param>
    public static ImmutableArray<IslandSettings> Of(IEnumerable<IslandSettings> islands, ITopology topology)
    {
        ImmutableArray<IslandSettings> alone = [.. islands];
        var links = topology.Among([.. alone.Index().Where(island => !island.Item.IsClosed).Select(island => island.Index)]);
        var (arrivals, departures) = (links.ToLookup(link => link.To), links.ToLookup(link => link.From));
        var spoken = alone.Select(island => island.Primitives).Distinct().ToDictionary(primitives => primitives, Spoken);
        ImmutableArray<Primitive> all = [.. spoken.Values.SelectMany(primitives => primitives).Distinct().Order()];
        return
        [
            .. alone.Select((island, number) => island with
            {
                Island = number,
                Neighbours = [.. arrivals[number]],
                Pullers = [.. departures[number]],
                IsThroughHallOfFame = topology.IsThroughHallOfFame,
                Foreign = [.. all.Except(spoken[island.Primitives])],
                Strangers = Strangers(island, arrivals[number], alone),
            }),
        ];
    }

    private static ImmutableArray<Stranger> Strangers(IslandSettings island, IEnumerable<Link> arrivals, ImmutableArray<IslandSettings> alone) =>
    [
        .. arrivals.Select(link => link.From).Concat(island.CloneOf is { } source ? [source] : (int[])[]).Distinct().Order()
            .Where(from => alone[from].Tasks != island.Tasks)
            .Select(from => new Stranger(from, alone[from].Tasks)),
    ];

    // The canonical form spells some functions with others (a - b as a + (-1)·b), so a candidate may have more than it was made of.
    private static HashSet<Primitive> Spoken(ImmutableArray<Primitive> primitives)
    {
        Node[][] arguments = [[new(Primitive.Y), new(Primitive.F)], [new(Primitive.F), new(Primitive.F)]];
        var spelled = primitives.Where(p => p.Arity() > 0).SelectMany(p => arguments.SelectMany(a => Canonicalizer.Canonical(new([new(p), .. a.Take(p.Arity())])).Select(n => n.Primitive)));
        return [.. primitives, .. spelled, .. primitives.Contains(Primitive.MinusOne) ? (Primitive[])[Primitive.One] : []];
    }
}
