using System.Collections.Immutable;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Fame;

namespace LossActors.Actors.Runs;

/// <summary>
/// What a run has measured besides its candidates, all on the same fresh replicates: the task loss at several learning rates (a learned loss hides
/// one, so the baseline must be tuned as well), and the finalists (the best of many noisy fitnesses is too good to be true).
/// </summary>
internal static class Measurements
{
    /// <summary>The jobs that are not yet answered: the finalists' come first.</summary>
    public static IEnumerable<Job> Missing(RunState state)
    {
        var search = state.Experiment.Search;
        if (state.Phase == RunPhase.Finals || (state.Phase == RunPhase.Paused && state.Before == RunPhase.Finals))
        {
            foreach (var finalist in state.Finalists.Where(f => !state.Fresh.ContainsKey(f.Id)))
            {
                yield return new Job(new JobId(JobKind.Measure, finalist.Id, state.FirstFreshReplicate), finalist.Expression, search.FinalReplicates);
            }

            foreach (var (id, loss) in NeuralSearch.Finalists(state).Where(f => !state.Fresh.ContainsKey(f.Id)))
            {
                yield return new Job(new JobId(JobKind.Measure, id, state.FirstFreshReplicate), Expression: null, search.FinalReplicates) { Network = loss.Network };
            }
        }

        for (var i = 0; i < search.BaselineLearningRates.Length; i++)
        {
            if (!state.Baselines.ContainsKey(i))
            {
                yield return new Job(new JobId(JobKind.Baseline, new CandidateId(-1, i), state.FirstFreshReplicate), Expression: null, search.FinalReplicates, search.BaselineLearningRates[i]);
            }
        }
    }

    /// <summary>An answer as an event. Divergence and failure both leave no fitness.</summary>
    public static RunEvent Event(RunState state, BrokerMessages.Done done, DateTimeOffset at)
    {
        if (done.Job.Kind == JobKind.Learn)
        {
            return new RunEvent.Learned(at, done.Job.Candidate, done.Finding, done.Worker);
        }

        var fitness = done.Finding is Finding.Trained { Diverged: false, Replicates: { IsDefault: false } replicates } && replicates.All(double.IsFinite) ? replicates : [];
        var (candidate, first) = (done.Job.Candidate, done.Job.FirstReplicate);
        return done.Job.Kind == JobKind.Baseline
            ? new RunEvent.BaselineMeasured(at, candidate.Birth, state.Experiment.Search.BaselineLearningRates[candidate.Birth], first, fitness, done.Finding.Seconds)
            : new RunEvent.ReplicatesMeasured(at, candidate, first, fitness, done.Finding.Seconds)
            {
                TaskErrors = (done.Finding as Finding.Trained)?.TaskErrors ?? [], HorizonErrors = (done.Finding as Finding.Trained)?.HorizonErrors ?? [],
            };
    }

    /// <summary>The final hall of fame: the finalists' Pareto front of size and mean on the fresh replicates alone, which no selection has seen; the best mean first.</summary>
    public static ImmutableArray<RankedLoss> Rank(IEnumerable<Individual> finalists, IReadOnlyDictionary<CandidateId, ImmutableArray<double>> fresh)
    {
        var measured = finalists.Select(f => new Measured(f, fresh.TryGetValue(f.Id, out var values) ? values : []));
        return [.. Ranking.Of(Ranking.Front(measured)).Select((m, i) => new RankedLoss(i + 1, m.Individual, m.Replicates))];
    }
}
