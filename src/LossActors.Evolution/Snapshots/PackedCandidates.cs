using System.Collections.Immutable;
using LossActors.Evolution.Candidates;

namespace LossActors.Evolution.Snapshots;

/// <summary>A column of candidates.</summary>
/// <param name="Islands">The island of each.</param>
/// <param name="Births">Its birth there.</param>
public sealed record PackedCandidates(Packed<int> Islands, Packed<int> Births)
{
    internal static PackedCandidates Of(IEnumerable<CandidateId> candidates)
    {
        var column = candidates.ToArray();
        return new(Packed.Of(column.Select(c => c.Island)), Packed.Of(column.Select(c => c.Birth)));
    }

    internal ImmutableArray<CandidateId> Unpack()
    {
        var (islands, births) = (Islands.Unpack(), Births.Unpack());
        Restoring.Require(islands.Length == births.Length, "an island and a birth for every candidate");
        return [.. islands.Zip(births, (island, birth) => new CandidateId(island, birth))];
    }
}
