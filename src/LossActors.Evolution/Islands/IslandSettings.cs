using System.Collections.Immutable;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Migration;
using LossActors.Evolution.Racing;
using LossActors.Evolution.Topologies;
using LossActors.Expressions;

namespace LossActors.Evolution.Islands;

/// <summary>All that an island's evolution depends on besides its events. Defaults are those of the built-in experiments.</summary>
public sealed record IslandSettings
{
    /// <summary>The search's seed.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>This island's number, from 0.</summary>
    public int Island { get; init; }

    /// <summary>Individuals kept.</summary>
    public int Population { get; init; } = 25;

    /// <summary>Random trees that are trained before a population, which keeps the best of them, varies anything (steady state); 0: as many births as it has places, whatever becomes of them.</summary>
    public int InitialPopulation { get; init; }

    /// <summary>Births in flight at once (steady state). In strict mode birth n is made when birth n - Window has been judged.</summary>
    public int Window { get; init; } = 6;

    /// <summary>Consume findings in birth order, so that the outcome does not depend on their timing.</summary>
    public bool Strict { get; init; }

    /// <summary>Steady state, or generations with a barrier as in the paper.</summary>
    public Schedule Schedule { get; init; } = Schedule.SteadyState;

    /// <summary>Individuals per tournament.</summary>
    public int TournamentSize { get; init; } = 4;

    /// <summary>The best so many are never removed by age.</summary>
    public int Elites { get; init; } = 1;

    /// <summary>Least height of initial trees.</summary>
    public int MinInitialHeight { get; init; } = 2;

    /// <summary>Greatest height of initial trees.</summary>
    public int MaxInitialHeight { get; init; } = 4;

    /// <summary>Greatest height of any tree.</summary>
    public int MaxHeight { get; init; } = 10;

    /// <summary>Greatest number of nodes of any tree.</summary>
    public int MaxNodes { get; init; } = 50;

    /// <summary>The first births, before any random tree: losses that are known, a user's own, another run's. Each contains y and f.</summary>
    public ImmutableArray<Expression> WarmStarts { get; init; } = [];

    /// <summary>Relative weight of each variation operator.</summary>
    public ImmutableSortedDictionary<Candidates.Origin, double> Variation { get; init; } = VariationDefaults.Weights;

    /// <summary>
    /// Primitives that candidates are made of: y, f and at least one function of two arguments among them. The canonical form
    /// may spell a function of theirs with others (a - b with add, a product of equals with square).
    /// </summary>
    public ImmutableArray<Primitive> Primitives { get; init; } = [.. Expressions.Primitives.Terminals, .. Expressions.Primitives.Functions];

    /// <summary>Only random trees, no selection: the control experiment that evolution has to beat.</summary>
    public bool RandomSearch { get; init; }

    /// <summary>What its candidates are measured on: some of the search's tasks, or all.</summary>
    public TaskSet Tasks { get; init; }

    /// <summary>Of the islands that members come from, those that measure on other tasks.</summary>
    public ImmutableArray<Stranger> Strangers { get; init; } = [];

    /// <summary>The links by which this island pulls, in the order in which it asks.</summary>
    public ImmutableArray<Link> Neighbours { get; init; } = [];

    /// <summary>The links by which others pull from this island.</summary>
    public ImmutableArray<Link> Pullers { get; init; } = [];

    /// <summary>Whether what comes over the links is what the hall of fame has (see <see cref="ITopology.IsThroughHallOfFame"/>).</summary>
    public bool IsThroughHallOfFame { get; init; }

    /// <summary>Primitives that candidates of other islands may have and those of this one may not: whoever has one of them may not enter.</summary>
    public ImmutableArray<Primitive> Foreign { get; init; } = [];

    /// <summary>Judged births between migrations; 0: never.</summary>
    public int MigrationInterval { get; init; } = 25;

    /// <summary>Emigrants put out per migration.</summary>
    public int MigrationSize { get; init; } = 1;

    /// <summary>Whether emigrants stay or leave.</summary>
    public MigrationHandling MigrationHandling { get; init; }

    /// <summary>Whom migrants replace.</summary>
    public MigrantReplacement MigrantReplacement { get; init; }

    /// <summary>Judged births without an improvement of its best after which <see cref="StagnationAction"/> follows; 0: never.</summary>
    public int StagnationAfter { get; init; }

    /// <summary>What follows then.</summary>
    public StagnationAction StagnationAction { get; init; }

    /// <summary>What a restarted population begins with.</summary>
    public StagnationKeep StagnationKeep { get; init; }

    /// <summary>Whose coefficients are tuned.</summary>
    public RefinementPolicy Refinement { get; init; } = RefinementPolicy.Elites;

    /// <summary>Under <see cref="RefinementPolicy.Elites"/>: the best share of the population that counts as elite.</summary>
    public double EliteFraction { get; init; } = 0.1;

    /// <summary>Whether offspring inherit tuned coefficients.</summary>
    public Inheritance Inheritance { get; init; }

    /// <summary>Whether and how trainings are stopped early.</summary>
    public RacingSettings Racing { get; init; } = new();

    /// <summary>It came to a search that was going on: before it hears what it is to be like (<see cref="IslandCommand.Amend"/>) it does nothing.</summary>
    public bool IsAdded { get; init; }

    /// <summary>Whose members it begins with, instead of random trees; null: nobody's.</summary>
    public int? CloneOf { get; init; }

    /// <summary>It proposes nothing for now; what is in flight goes on.</summary>
    public bool IsPaused { get; init; }

    /// <summary>It proposes nothing any more: what it has not spent goes back to the run.</summary>
    public bool IsClosed { get; init; }
}
