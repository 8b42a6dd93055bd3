using LossActors.Evolution.Candidates;
using LossActors.Evolution.Collections;
using LossActors.Evolution.Snapshots;
using LossActors.Expressions;
using LossActors.Expressions.Canonical;

namespace LossActors.Evolution.Islands;

/// <summary>
/// What this island knows by exact key: its own births, judged or in flight, and the migrants it admitted. A candidate
/// found here is not evaluated again.
/// </summary>
/// <remarks>
/// An entry says how many births had been proposed when it was made. A candidate may look only at entries older than
/// itself: then the answer is the same however findings were timed, which strict mode needs.
/// </remarks>
internal sealed record Ledger
{
    private CompactMap<UInt128, Entry> Entries { get; init; } = CompactMap<UInt128, Entry>.Empty;

    private CompactMap<CandidateId, double> Fitnesses { get; init; } = CompactMap<CandidateId, double>.Empty;

    private CompactMap<CandidateId, int> Stopped { get; init; } = CompactMap<CandidateId, int>.Empty;

    /// <summary>Whose expression this is, among those entered before birth <paramref name="before"/>.</summary>
    public CandidateId? Find(Expression expression, int before) =>
        Entries.Find(ExpressionKey.Exact(expression).Value) is { } entry && entry.AtBirth < before ? entry.Owner : null;

    /// <summary>Enters a candidate under its expression; the first owner of a key stays its owner.</summary>
    public Ledger With(Expression expression, CandidateId owner, int atBirth)
    {
        var key = ExpressionKey.Exact(expression).Value;
        return Entries.Find(key) is not null ? this : this with { Entries = Entries.With(key, new(owner, atBirth)) };
    }

    /// <summary>Notes how a candidate ended.</summary>
    /// <param name="candidate">Whose end.</param>
    /// <param name="fitness">+∞ where it has none.</param>
    /// <param name="stoppedAt">Training steps after which it was measured; null: at full length.</param>
    public Ledger WithFitness(CandidateId candidate, double fitness, int? stoppedAt) => this with
    {
        Fitnesses = Fitnesses.With(candidate, fitness),
        Stopped = stoppedAt is { } steps ? Stopped.With(candidate, steps) : Stopped,
    };

    /// <summary>How a candidate ended; null while it is in flight.</summary>
    public double? FitnessOf(CandidateId candidate) => Fitnesses.Find(candidate);

    /// <summary>Training steps after which a candidate's fitness was measured; null: at full length, or not at all.</summary>
    public int? StoppedAt(CandidateId candidate) => Stopped.Find(candidate);

    /// <summary>As plain data: entries by key, fitnesses by candidate.</summary>
    public LedgerSnapshot Take()
    {
        var (keys, entries) = Entries.Columns();
        var (judged, fitnesses) = Fitnesses.Columns();
        var (stopped, stoppedAt) = Stopped.Columns();
        return new(
            Packed.Of(keys),
            PackedCandidates.Of(entries.Select(e => e.Owner)),
            Packed.Of(entries.Select(e => e.AtBirth)),
            PackedCandidates.Of(judged),
            Packed.Of(fitnesses.Select(BitConverter.DoubleToInt64Bits)),
            PackedCandidates.Of(stopped),
            Packed.Of(stoppedAt));
    }

    /// <summary>What <see cref="Take"/> took.</summary>
    public static Ledger Of(LedgerSnapshot snapshot)
    {
        var atBirths = snapshot.AtBirths.Unpack();
        var owners = snapshot.Owners.Unpack();
        Restoring.Require(owners.Length == atBirths.Length, "an owner and a birth for every key");
        return new()
        {
            Entries = CompactMap<UInt128, Entry>.Of(snapshot.Keys.Unpack(), [.. owners.Zip(atBirths, (owner, at) => new Entry(owner, at))]),
            Fitnesses = CompactMap<CandidateId, double>.Of(snapshot.Judged.Unpack(), [.. snapshot.Fitnesses.Unpack().Select(BitConverter.Int64BitsToDouble)]),
            Stopped = CompactMap<CandidateId, int>.Of(snapshot.Stopped.Unpack(), snapshot.StoppedAt.Unpack()),
        };
    }

    private readonly record struct Entry(CandidateId Owner, int AtBirth);
}
