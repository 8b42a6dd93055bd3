using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Expressions;

namespace LossActors.Evolution.Islands;

/// <summary>What can be asked of an island. Every command may arrive twice; the second time it has no effect.</summary>
public abstract record IslandCommand
{
    /// <summary>More births to spend. Grants are numbered per island from 1 and applied in order; others are ignored.</summary>
    /// <param name="Number">The grant's number.</param>
    /// <param name="Births">How many births; 0 says that there will be no more grants unless the budget is raised.</param>
    public sealed record Grant(int Number, int Births) : IslandCommand;

    /// <summary>The run ends early: births granted and not yet proposed are taken back. Those in flight go on.</summary>
    public sealed record Withdraw : IslandCommand;

    /// <summary>An evaluator's answer. Ignored unless that stage of that candidate is outstanding.</summary>
    public sealed record Report(CandidateId Candidate, Stage Stage, Finding Finding) : IslandCommand;

    /// <summary>Emigrants of a neighbour. Ignored unless this island waits for that epoch from that island.</summary>
    /// <param name="Epoch">The migration epoch (judged births / migration interval).</param>
    /// <param name="From">The neighbour.</param>
    /// <param name="Migrants">May be empty.</param>
    public sealed record Admit(int Epoch, int From, ImmutableArray<Individual> Migrants) : IslandCommand;

    /// <summary>From now on the island goes by other settings. Revisions are numbered over the run; one that is not newer than the island's is ignored.</summary>
    /// <param name="Revision">The number, from 1.</param>
    /// <param name="Settings">All of them; seed, number, schedule, strictness and warm starts must be those that it has.</param>
    public sealed record Amend(int Revision, IslandSettings Settings) : IslandCommand;

    /// <summary>A user's loss, to be the next birth. Numbered per island from 1 and taken in order; others are ignored.</summary>
    public sealed record Inject(int Number, Expression Expression) : IslandCommand;

    /// <summary>The members of the island that this one is a clone of. Ignored unless it waits for them.</summary>
    public sealed record Settle(int From, ImmutableArray<Individual> Members) : IslandCommand;
}
