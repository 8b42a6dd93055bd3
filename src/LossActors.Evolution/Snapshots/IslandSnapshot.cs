using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;
using LossActors.Expressions;

namespace LossActors.Evolution.Snapshots;

/// <summary>
/// An island's state as plain data, from which it goes on as if its events had been applied again. Written under a version of its own: whoever changes what is
/// here, or what an event does to a state, gives it another, and old snapshots are passed over for the events.
/// </summary>
/// <remarks>
/// The settings that it was founded with are not in it: they belong to the run. Neither is a position of random streams: each birth draws from its own. Individuals are listed once and
/// named elsewhere by their place in <paramref name="Individuals"/>, for most belong to several lists.
/// </remarks>
/// <param name="Budget">The births it may spend.</param>
/// <param name="Proposed">Births proposed so far.</param>
/// <param name="Epoch">The last migration epoch.</param>
/// <param name="Seconds">Evaluator seconds spent on the judged births.</param>
/// <param name="Verdicts">Births judged so far, by verdict.</param>
/// <param name="SavedSeconds">Evaluator seconds that gates saved.</param>
/// <param name="Costs">Of the stages Refine, Screen and Train, in this order.</param>
/// <param name="Rungs">Errors of the last candidates at each rung, from the lowest.</param>
/// <param name="Individuals">Everybody named below, by id.</param>
/// <param name="Population">Members, the oldest first.</param>
/// <param name="Offspring">Survivors of the generation that is being judged.</param>
/// <param name="Best">The best ever seen here.</param>
/// <param name="BestBorn">The best ever born here.</param>
/// <param name="Hall">The hall of fame of those trained here.</param>
/// <param name="RefinementQueue">Elites to be refined, the next one first.</param>
/// <param name="Emigrants">What was put out at each epoch that may still be pulled.</param>
/// <param name="Destinations">Where emigrants leave for good: who gets each of them, by epoch.</param>
/// <param name="PutOut">Who was put out at any epoch.</param>
/// <param name="Received">Neighbours whose emigrants of the present epoch have been received.</param>
/// <param name="Gathered">Those that came through the hall of fame at the present epoch, the best first.</param>
/// <param name="BestSinceReset">The best that entered since the population was restarted last.</param>
/// <param name="ImprovedAt">Births judged by then.</param>
/// <param name="ResetAt">The last birth before that restart.</param>
/// <param name="InFlight">Births proposed and not yet judged, in their order.</param>
/// <param name="Ledger">What is known by exact key.</param>
/// <param name="Archive">Which birth stands for which fingerprint.</param>
/// <param name="RefinedStructures">Keys of structures that have been refined, or are about to be.</param>
/// <param name="Revision">The revision of the run's settings that it goes by.</param>
/// <param name="Settings">The settings of that revision; null: those it was founded with.</param>
/// <param name="Injections">How many losses users have injected so far.</param>
/// <param name="Injected">Those that are to be the next births, the next one first.</param>
/// <param name="IsSettled">A clone has got the members that it begins with.</param>
/// <param name="IntervalSince">From where migration epochs are counted.</param>
/// <param name="Stagnations">How often another island was to begin.</param>
public sealed record IslandSnapshot(
    Budget Budget,
    int Proposed,
    int Epoch,
    double Seconds,
    ImmutableSortedDictionary<Verdict, int> Verdicts,
    ImmutableSortedDictionary<Verdict, double> SavedSeconds,
    ImmutableArray<MeanSnapshot> Costs,
    ImmutableArray<ImmutableArray<double>> Rungs,
    ImmutableArray<Individual> Individuals,
    ImmutableArray<int> Population,
    ImmutableArray<int> Offspring,
    int? Best,
    int? BestBorn,
    ImmutableArray<int> Hall,
    ImmutableArray<int> RefinementQueue,
    ImmutableSortedDictionary<int, ImmutableArray<int>> Emigrants,
    ImmutableSortedDictionary<int, ImmutableArray<int>> Destinations,
    ImmutableArray<CandidateId> PutOut,
    ImmutableArray<int> Received,
    ImmutableArray<int> Gathered,
    int? BestSinceReset,
    int ImprovedAt,
    int ResetAt,
    ImmutableArray<CandidateSnapshot> InFlight,
    LedgerSnapshot Ledger,
    ArchiveSnapshot Archive,
    Packed<UInt128> RefinedStructures,
    int Revision,
    IslandSettings? Settings,
    int Injections,
    ImmutableArray<Expression> Injected,
    bool IsSettled,
    EpochOrigin IntervalSince,
    int Stagnations)
{
    /// <summary>Migrants that are to be the next births, the next one first.</summary>
    public ImmutableArray<int> Immigrants { get; init; } = [];

    /// <summary>Trained births of an initial population.</summary>
    public int InitialMembers { get; init; }

    /// <summary>Takes a snapshot. Equal states give equal data, whatever happened on the way to them.</summary>
    public static IslandSnapshot Of(IslandState state) => Taking.Of(state);

    /// <summary>The state.</summary>
    /// <param name="settings">What the island was founded with.</param>
    /// <exception cref="ArgumentException">The data contradicts itself, as no snapshot of ours does.</exception>
    public IslandState Restore(IslandSettings settings) => Restoring.Of(this, settings);
}

/// <summary>A running mean.</summary>
public sealed record MeanSnapshot(double Sum, int Count);
