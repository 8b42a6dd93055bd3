using System.Collections.Immutable;
using LossActors.Evolution.Snapshots;

namespace LossActors.Evolution.Islands;

/// <summary>
/// The gradient-equivalence gate: the first birth that passed the cheap gates with a fingerprint stands for all that come
/// after it (Raymond et al. 2023, section on filters). Never shared between islands: what it answers depends on birth order.
/// </summary>
internal sealed record EquivalenceArchive
{
    private ImmutableDictionary<UInt128, int> Births { get; init; } = ImmutableDictionary<UInt128, int>.Empty;

    /// <summary>The birth that stands for this fingerprint.</summary>
    public int? Find(UInt128 fingerprint) => Births.TryGetValue(fingerprint, out var birth) ? birth : null;

    /// <summary>Lets a birth stand for a fingerprint not seen before.</summary>
    public EquivalenceArchive With(UInt128 fingerprint, int birth) => this with { Births = Births.Add(fingerprint, birth) };

    /// <summary>As plain data, by birth.</summary>
    public ArchiveSnapshot Take()
    {
        var entries = Births.OrderBy(b => b.Value).ThenBy(b => b.Key).ToList();
        return new(PackedKeys.Of([.. entries.Select(e => e.Key)]), [.. entries.Select(e => e.Value)]);
    }

    /// <summary>What <see cref="Take"/> took.</summary>
    public static EquivalenceArchive Of(ArchiveSnapshot snapshot)
    {
        var fingerprints = snapshot.Fingerprints.Unpack().ToList();
        Restoring.Require(fingerprints.Count == snapshot.Births.Length, "a birth for every fingerprint");
        return new() { Births = Enumerable.Range(0, fingerprints.Count).ToImmutableDictionary(i => fingerprints[i], i => snapshot.Births[i]) };
    }
}
