using LossActors.Evolution.Candidates;
using LossActors.Evolution.Populations;
using LossActors.Expressions;

namespace LossActors.Evolution.Islands;

/// <summary>The end of a candidate's way: whose can be recorded, and what it does to the island.</summary>
internal static class Judging
{
    /// <summary>The first birth in flight whose judgement is known (strict mode: only the very first counts).</summary>
    public static Judgement? Next(IslandState state)
    {
        foreach (var candidate in state.InFlight.Values)
        {
            if (Judge(state, candidate) is { } judgement)
            {
                return judgement;
            }

            if (state.Settings.Strict)
            {
                break;
            }
        }

        return null;
    }

    /// <summary>Records a judgement: counts, costs, rungs, ledger, population, elites.</summary>
    public static IslandState Record(IslandState state, Candidate candidate, Judgement judgement)
    {
        var id = judgement.Candidate;
        var isOfPresentPopulation = candidate.Birth > state.ResetAt;
        state = state with
        {
            InFlight = state.InFlight.Remove(candidate.Birth),
            Verdicts = state.Verdicts.SetItem(judgement.Verdict, state.Verdicts.GetValueOrDefault(judgement.Verdict) + 1),
            SavedSeconds = state.SavedSeconds.SetItem(judgement.Verdict, state.SavedSeconds.GetValueOrDefault(judgement.Verdict) + judgement.SavedSeconds),
            Seconds = state.Seconds + judgement.Seconds,
            Costs = state.Costs.With(candidate.Seconds),
            Rungs = isOfPresentPopulation ? state.Rungs.With(candidate.Conclusion?.Curve ?? [], state.Settings.Racing) : state.Rungs,
            Ledger = (candidate.Origin == Origin.Refinement || Elites.TunesEverybody(state.Settings) ? state.Ledger.With(candidate.Expression, id, state.Proposed) : state.Ledger)
                .WithFitness(id, judgement.Fitness, judgement.StoppedAt),
        };
        if (double.IsFinite(judgement.Fitness))
        {
            var individual = new Individual(id, candidate.Expression, judgement.Fitness, judgement.StoppedAt) { Inherited = candidate.Inherited ?? InheritedBySame(state, candidate) };
            state = isOfPresentPopulation ? Survival.Enter(state, individual, candidate.Origin) : Survival.Remember(state, individual);
            if (judgement.Verdict == Verdict.Trained)
            {
                state = state with { Hall = state.Hall.With(individual) };
                state = isOfPresentPopulation ? Elites.Consider(state, individual, candidate.Origin) : state;
            }

            state = isOfPresentPopulation ? InitialPopulation.Count(state, judgement.Verdict) : state;
        }

        return Survival.CloseGeneration(state);
    }

    // A reproduced member, or one found again, is what it was.
    private static Expression? InheritedBySame(IslandState state, Candidate candidate) =>
        state.Population.FirstOrDefault(m => m.Expression.Equals(candidate.Expression))?.Inherited;

    private static Judgement? Judge(IslandState state, Candidate candidate) => candidate switch
    {
        { Conclusion: { } end } => Make(state, candidate, end, null),
        { Sharing: { } sharing } when state.Ledger.FitnessOf(sharing.Original) is { } fitness =>
            Make(state, candidate, new(sharing.Verdict) { Fitness = fitness, StoppedAt = state.Ledger.StoppedAt(sharing.Original) }, sharing.Original),
        _ => null,
    };

    private static Judgement Make(IslandState state, Candidate candidate, Conclusion end, CandidateId? original) => new(
        state.IdOf(candidate.Birth),
        end.Verdict,
        end.Fitness,
        end.Replicates,
        end.Steps,
        original,
        candidate.Seconds.Total,
        state.Costs.Saved(candidate, end, state.Settings.Refinement),
        end.Reason,
        end.StoppedAt,
        end.SavedSteps);
}
