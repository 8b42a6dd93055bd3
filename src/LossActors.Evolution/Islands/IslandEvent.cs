using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Racing;
using LossActors.Expressions;

namespace LossActors.Evolution.Islands;

/// <summary>What happened on an island: the journal, from which its state is rebuilt. Events carry decisions, never a need to decide again.</summary>
public abstract record IslandEvent
{
    /// <summary>The budget grew by some births (0: no more for now).</summary>
    public sealed record BudgetGranted(int Number, int Births) : IslandEvent;

    /// <summary>Births not yet proposed were taken back; there are no more unless the budget is raised.</summary>
    public sealed record BudgetWithdrawn(int Births) : IslandEvent;

    /// <summary>
    /// A candidate was born. Its expression is canonical. For <see cref="Origin.Refinement"/> it is still the parent's, until <see cref="Found"/>
    /// brings the tuned one.
    /// </summary>
    public sealed record Proposed(int Birth, Origin Origin, ImmutableArray<CandidateId> Parents, Expression Expression) : IslandEvent
    {
        /// <summary>The rungs of its training, should it come to that, with bars as the island knew them now; empty without racing.</summary>
        public ImmutableArray<Rung> Rungs { get; init; } = [];
    }

    /// <summary>An evaluator's finding was accepted (in strict mode it may wait for its turn in birth order).</summary>
    public sealed record Found(int Birth, Stage Stage, Finding Finding) : IslandEvent;

    /// <summary>The candidate's way ended. This is the acknowledged result; there is exactly one per birth.</summary>
    public sealed record Judged(Judgement Judgement) : IslandEvent;

    /// <summary>The best individuals were put out for the neighbours to pull.</summary>
    public sealed record Emigrated(int Epoch, ImmutableArray<Individual> Migrants) : IslandEvent
    {
        /// <summary>Neighbours that are not asked at this epoch: the weights of their links decided so.</summary>
        public ImmutableArray<int> Unused { get; init; } = [];

        /// <summary>Where emigrants leave for good: who gets each of them. Empty: whoever pulls gets them all.</summary>
        public ImmutableArray<int> Destinations { get; init; } = [];
    }

    /// <summary>A neighbour's emigrants came through the hall of fame, and wait for those of the others; <paramref name="Migrants"/> may be among the best of all.</summary>
    public sealed record MigrantsReceived(int Epoch, int From, ImmutableArray<Individual> Migrants) : IslandEvent;

    /// <summary>A neighbour's emigrants were received; <paramref name="Accepted"/> of them entered the population.</summary>
    /// <param name="Epoch">The migration epoch.</param>
    /// <param name="From">The neighbour.</param>
    /// <param name="AtBirth">How many births this island had proposed by then.</param>
    /// <param name="Accepted">The accepted ones.</param>
    public sealed record MigrantsAdmitted(int Epoch, int From, int AtBirth, ImmutableArray<Individual> Accepted) : IslandEvent;

    /// <summary>The population had not improved for long and was given up; births after <paramref name="AtBirth"/> make a new one, beside those that were kept.</summary>
    public sealed record PopulationReset(int AtBirth, ImmutableArray<CandidateId> Kept) : IslandEvent;

    /// <summary>The population has not improved for long, and goes on; another island is to begin beside it.</summary>
    public sealed record Stagnated(int AtBirth) : IslandEvent;

    /// <summary>The island goes by other settings from here on.</summary>
    public sealed record Amended(int Revision, IslandSettings Settings) : IslandEvent;

    /// <summary>A user's loss waits to be the next birth. It is canonical.</summary>
    public sealed record Injected(int Number, Expression Expression) : IslandEvent;

    /// <summary>The members of another island became the first ones of this, its clone.</summary>
    public sealed record Settled(int From, ImmutableArray<Individual> Members) : IslandEvent;
}
