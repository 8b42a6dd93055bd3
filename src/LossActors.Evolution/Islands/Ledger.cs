using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
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
    private ImmutableDictionary<ExpressionKey, Entry> Entries { get; init; } = ImmutableDictionary<ExpressionKey, Entry>.Empty;

    private ImmutableDictionary<CandidateId, double> Fitnesses { get; init; } = ImmutableDictionary<CandidateId, double>.Empty;

    private ImmutableDictionary<CandidateId, int> Stopped { get; init; } = ImmutableDictionary<CandidateId, int>.Empty;

    /// <summary>Whose expression this is, among those entered before birth <paramref name="before"/>.</summary>
    public CandidateId? Find(Expression expression, int before) =>
        Entries.TryGetValue(ExpressionKey.Exact(expression), out var entry) && entry.AtBirth < before ? entry.Owner : null;

    /// <summary>Enters a candidate under its expression; the first owner of a key stays its owner.</summary>
    public Ledger With(Expression expression, CandidateId owner, int atBirth)
    {
        var key = ExpressionKey.Exact(expression);
        return Entries.ContainsKey(key) ? this : this with { Entries = Entries.Add(key, new(owner, atBirth)) };
    }

    /// <summary>Notes how a candidate ended.</summary>
    /// <param name="candidate">Whose end.</param>
    /// <param name="fitness">+∞ where it has none.</param>
    /// <param name="stoppedAt">Training steps after which it was measured; null: at full length.</param>
    public Ledger WithFitness(CandidateId candidate, double fitness, int? stoppedAt) => this with
    {
        Fitnesses = Fitnesses.SetItem(candidate, fitness),
        Stopped = stoppedAt is { } steps ? Stopped.SetItem(candidate, steps) : Stopped,
    };

    /// <summary>How a candidate ended; null while it is in flight.</summary>
    public double? FitnessOf(CandidateId candidate) => Fitnesses.TryGetValue(candidate, out var fitness) ? fitness : null;

    /// <summary>Training steps after which a candidate's fitness was measured; null: at full length, or not at all.</summary>
    public int? StoppedAt(CandidateId candidate) => Stopped.TryGetValue(candidate, out var steps) ? steps : null;

    /// <summary>As plain data: entries by age, fitnesses by candidate.</summary>
    public LedgerSnapshot Take()
    {
        var entries = Entries.OrderBy(e => e.Value.AtBirth).ThenBy(e => e.Value.Owner).ThenBy(e => e.Key.Value).ToList();
        var judged = Fitnesses.OrderBy(f => f.Key).ToList();
        return new(
            PackedKeys.Of([.. entries.Select(e => e.Key.Value)]),
            [.. entries.Select(e => e.Value.Owner)],
            [.. entries.Select(e => e.Value.AtBirth)],
            [.. judged.Select(f => f.Key)],
            [.. judged.Select(f => f.Value)],
            Stopped.ToImmutableSortedDictionary());
    }

    /// <summary>What <see cref="Take"/> took.</summary>
    public static Ledger Of(LedgerSnapshot snapshot)
    {
        var keys = snapshot.Keys.Unpack().ToList();
        Restoring.Require(keys.Count == snapshot.Owners.Length && keys.Count == snapshot.AtBirths.Length, "an owner and a birth for every key");
        Restoring.Require(snapshot.Judged.Length == snapshot.Fitnesses.Length, "a fitness for everybody judged");
        return new()
        {
            Entries = Enumerable.Range(0, keys.Count).ToImmutableDictionary(i => new ExpressionKey(keys[i]), i => new Entry(snapshot.Owners[i], snapshot.AtBirths[i])),
            Fitnesses = Enumerable.Range(0, snapshot.Judged.Length).ToImmutableDictionary(i => snapshot.Judged[i], i => snapshot.Fitnesses[i]),
            Stopped = snapshot.Stopped.ToImmutableDictionary(),
        };
    }

    private readonly record struct Entry(CandidateId Owner, int AtBirth);
}
