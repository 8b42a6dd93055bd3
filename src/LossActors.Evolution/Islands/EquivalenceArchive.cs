using LossActors.Evolution.Collections;
using LossActors.Evolution.Snapshots;

namespace LossActors.Evolution.Islands;

/// <summary>
/// The gradient-equivalence gate: the first birth that passed the cheap gates with a fingerprint stands for all that come
/// after it (Raymond et al. 2023, section on filters). Never shared between islands: what it answers depends on birth order.
/// </summary>
internal sealed record EquivalenceArchive
{
    private CompactMap<UInt128, int> Births { get; init; } = CompactMap<UInt128, int>.Empty;

    /// <summary>The birth that stands for this fingerprint.</summary>
    public int? Find(UInt128 fingerprint) => Births.Find(fingerprint);

    /// <summary>Lets a birth stand for a fingerprint not seen before.</summary>
    public EquivalenceArchive With(UInt128 fingerprint, int birth) => this with { Births = Births.With(fingerprint, birth) };

    /// <summary>As plain data, by fingerprint.</summary>
    public ArchiveSnapshot Take()
    {
        var (fingerprints, births) = Births.Columns();
        return new(Packed.Of(fingerprints), Packed.Of(births));
    }

    /// <summary>What <see cref="Take"/> took.</summary>
    public static EquivalenceArchive Of(ArchiveSnapshot snapshot) =>
        new() { Births = CompactMap<UInt128, int>.Of(snapshot.Fingerprints.Unpack(), snapshot.Births.Unpack()) };
}
