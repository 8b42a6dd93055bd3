namespace LossActors.Evolution.Snapshots;

/// <summary>A ledger in columns: it has an entry for every birth, so each byte counts.</summary>
/// <param name="Keys">Exact keys of expressions, ascending.</param>
/// <param name="Owners">Whose expression it is, per key.</param>
/// <param name="AtBirths">How many births had been proposed when it was entered, per key.</param>
/// <param name="Judged">Candidates whose end is known, ascending.</param>
/// <param name="Fitnesses">The bits of their fitness; +∞ where there is none.</param>
/// <param name="Stopped">Those whose training was stopped, ascending.</param>
/// <param name="StoppedAt">Training steps after which their fitness was measured.</param>
public sealed record LedgerSnapshot(
    Packed<UInt128> Keys,
    PackedCandidates Owners,
    Packed<int> AtBirths,
    PackedCandidates Judged,
    Packed<long> Fitnesses,
    PackedCandidates Stopped,
    Packed<int> StoppedAt);

/// <summary>An equivalence archive in columns.</summary>
/// <param name="Fingerprints">Gradient fingerprints, ascending.</param>
/// <param name="Births">Which birth stands for each.</param>
public sealed record ArchiveSnapshot(Packed<UInt128> Fingerprints, Packed<int> Births);
