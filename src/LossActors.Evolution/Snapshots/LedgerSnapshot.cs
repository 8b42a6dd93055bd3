using System.Collections.Immutable;
using LossActors.Evolution.Candidates;

namespace LossActors.Evolution.Snapshots;

/// <summary>A ledger in columns: it has an entry for every birth, so each counts.</summary>
/// <param name="Keys">Exact keys of expressions.</param>
/// <param name="Owners">Whose expression it is, per key.</param>
/// <param name="AtBirths">How many births had been proposed when it was entered, per key.</param>
/// <param name="Judged">Candidates whose end is known.</param>
/// <param name="Fitnesses">Their fitness; +∞ where there is none.</param>
/// <param name="Stopped">Training steps after which it was measured, for those whose training was stopped.</param>
public sealed record LedgerSnapshot(
    PackedKeys Keys,
    ImmutableArray<CandidateId> Owners,
    ImmutableArray<int> AtBirths,
    ImmutableArray<CandidateId> Judged,
    ImmutableArray<double> Fitnesses,
    ImmutableSortedDictionary<CandidateId, int> Stopped);

/// <summary>An equivalence archive in columns.</summary>
/// <param name="Fingerprints">Gradient fingerprints, in the order of births.</param>
/// <param name="Births">Which birth stands for each.</param>
public sealed record ArchiveSnapshot(PackedKeys Fingerprints, ImmutableArray<int> Births);
