using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Fame;
using LossActors.Evolution.Racing;
using LossActors.Expressions;
using LossActors.Expressions.Canonical;

namespace LossActors.Evolution.Islands;

/// <summary>An island's immutable state: the fold of its events.</summary>
public sealed record IslandState
{
    /// <summary>What it goes by: what it was founded with, or what it was amended to last.</summary>
    public required IslandSettings Settings { get; init; }

    /// <summary>The revision of the run's settings that it goes by; 0: those it was founded with.</summary>
    public int Revision { get; init; }

    /// <summary>How often another island was to begin because this one had not improved.</summary>
    public int Stagnations { get; init; }

    /// <summary>How many losses users have injected so far.</summary>
    public int Injections { get; init; }

    /// <summary>The births it may spend.</summary>
    public Budget Budget { get; init; } = new();

    /// <summary>Births proposed so far; the last one's number.</summary>
    public int Proposed { get; init; }

    /// <summary>Births judged so far, by verdict.</summary>
    public ImmutableSortedDictionary<Verdict, int> Verdicts { get; init; } = ImmutableSortedDictionary<Verdict, int>.Empty;

    /// <summary>Evaluator seconds that gates saved, by the verdict they ended in.</summary>
    public ImmutableSortedDictionary<Verdict, double> SavedSeconds { get; init; } = ImmutableSortedDictionary<Verdict, double>.Empty;

    /// <summary>Evaluator seconds spent on the judged births.</summary>
    public double Seconds { get; init; }

    /// <summary>The members, in the order in which they entered: the oldest first.</summary>
    public ImmutableArray<Individual> Population { get; init; } = [];

    /// <summary>The best individual ever seen here, born here or admitted; null before the first.</summary>
    public Individual? Best { get; init; }

    /// <summary>The best of those trained here to the end: all that the run's hall of fame can ever want of this island, and no more, however long the run.</summary>
    public HallOfFame Hall { get; init; } = new();

    /// <summary>The last migration epoch whose emigrants were put out; 0 before the first.</summary>
    public int Epoch { get; init; }

    /// <summary>Births judged so far.</summary>
    public int Judged => Proposed - InFlight.Count;

    /// <summary>Births judged so far that were trained to the end.</summary>
    public int Trained => Verdicts.GetValueOrDefault(Verdict.Trained);

    /// <summary>The last birth proposed before the population was restarted last; 0: it never was.</summary>
    public int ResetAt { get; init; }

    /// <summary>Births of the present population that were trained, to their end or to a rung, as far as <see cref="IslandSettings.InitialPopulation"/>.</summary>
    internal int InitialMembers { get; init; }

    /// <summary>The budget is spent and every birth is judged.</summary>
    public bool IsFinished => IsSpent && InFlight.IsEmpty;

    /// <summary>Every granted birth is proposed, and no more will be granted unless the budget is raised.</summary>
    internal bool IsSpent => Budget.Exhausted && Proposed == Budget.Granted;

    /// <summary>Births proposed and not yet judged, by number.</summary>
    internal ImmutableSortedDictionary<int, Candidate> InFlight { get; init; } = ImmutableSortedDictionary<int, Candidate>.Empty;

    internal Ledger Ledger { get; init; } = new();

    internal EquivalenceArchive Archive { get; init; } = new();

    internal Costs Costs { get; init; } = new();

    internal RungBook Rungs { get; init; } = new();

    /// <summary>The best individual ever born here.</summary>
    internal Individual? BestBorn { get; init; }

    /// <summary>Under the generational schedule: the survivors of the generation that is being judged.</summary>
    internal ImmutableArray<Individual> Offspring { get; init; } = [];

    /// <summary>Structures that have been refined here, or are about to be.</summary>
    internal ImmutableHashSet<ExpressionKey> RefinedStructures { get; init; } = [];

    /// <summary>Elites whose refinement is to be the next births.</summary>
    internal ImmutableQueue<Individual> RefinementQueue { get; init; } = [];

    /// <summary>What was put out at each epoch in strict mode, where a slow neighbour may come for it late; else at the last one.</summary>
    internal ImmutableDictionary<int, ImmutableArray<Individual>> Emigrants { get; init; } =
        ImmutableDictionary<int, ImmutableArray<Individual>>.Empty;

    /// <summary>Where emigrants leave for good: who gets each of <see cref="Emigrants"/>.</summary>
    internal ImmutableDictionary<int, ImmutableArray<int>> Destinations { get; init; } = ImmutableDictionary<int, ImmutableArray<int>>.Empty;

    /// <summary>Who of those that may emigrate was put out at an earlier epoch. Who has left the population never comes back.</summary>
    internal ImmutableHashSet<CandidateId> PutOut { get; init; } = [];

    /// <summary>Neighbours whose emigrants of the present epoch have been received.</summary>
    internal ImmutableHashSet<int> Received { get; init; } = [];

    /// <summary>Those that came through the hall of fame at the present epoch and may be among the best, the best first.</summary>
    internal ImmutableArray<Individual> Gathered { get; init; } = [];

    /// <summary>The best that entered the population since it was restarted last.</summary>
    internal Individual? BestSinceReset { get; init; }

    /// <summary>Births judged when the best since the last restart entered, or at that restart.</summary>
    internal int ImprovedAt { get; init; }

    /// <summary>Injected losses that are to be the next births.</summary>
    internal ImmutableQueue<Expression> Injected { get; init; } = [];

    /// <summary>Migrants whose fitness says nothing here: they are to be the next births.</summary>
    internal ImmutableQueue<Individual> Immigrants { get; init; } = [];

    /// <summary>Epoch and judged births when the present migration interval came into force.</summary>
    internal EpochOrigin IntervalSince { get; init; } = new(0, 0);

    /// <summary>A clone has got the members that it begins with.</summary>
    internal bool IsSettled { get; init; }

    internal CandidateId IdOf(int birth) => new(Settings.Island, birth);

    internal IslandState With(Candidate candidate) => this with { InFlight = InFlight.SetItem(candidate.Birth, candidate) };
}
