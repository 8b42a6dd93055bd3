using System.Collections.Immutable;
using LossActors.Actors.Experiments;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Randomness;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Losses.Neural;

namespace LossActors.Actors.Runs;

/// <summary>
/// A search by ML3: neural losses that begin with random weights of their own and are trained by meta-gradients, one job each. Nothing passes between them, so a run needs no
/// more state than what came of each.
/// </summary>
internal static class NeuralSearch
{
    // The island in their names, of which there is none.
    private const int Island = 0;

    /// <summary>The jobs that the run waits for, or wants done next: few at a time, so that a run that is stopped ends soon.</summary>
    public static IEnumerable<Job> Missing(RunState state) => Numbers(state).Select(number => new Job(
        new JobId(JobKind.Learn, new CandidateId(Island, number)), Expression: null, state.Experiment.Protocol.Replicates) { Network = Start(state.Experiment, number) });

    /// <summary>Whether no more is to be learned.</summary>
    public static bool IsOver(RunState state) => !Numbers(state).Any();

    /// <summary>The last start that is under way; the last learned one if none is.</summary>
    public static int Last(RunState state) => Numbers(state).Concat(state.Learned.Keys).DefaultIfEmpty(0).Max();

    /// <summary>The random network that a start begins with.</summary>
    public static NeuralLoss Start(Experiment experiment, int number) =>
        NeuralLoss.Initialise(RandomStream.For(experiment.Search.Island.Seed, Island, (ulong)number, Purpose.NeuralLoss));

    /// <summary>The best of those whose trainings all went well, the fittest first, the earliest of equals.</summary>
    public static IEnumerable<(CandidateId Id, LearnedLoss Loss)> Finalists(RunState state) => state.Learned
        .Where(learned => learned.Value is LearnedLoss { Replicates.IsEmpty: false })
        .Select(learned => (new CandidateId(Island, learned.Key), (LearnedLoss)learned.Value))
        .OrderBy(finalist => finalist.Item2.Replicates.Average())
        .Take(state.Experiment.Search.Finalists);

    /// <summary>The final hall of fame: the best mean on fresh replicates first. All are of one size, so the Pareto front of size and error would hold the first alone.</summary>
    public static ImmutableArray<RankedNetwork> Rank(RunState state) =>
    [
        .. Finalists(state)
            .Select(finalist => new RankedNetwork(0, finalist.Id, state.Fresh.GetValueOrDefault(finalist.Id, [])))
            .OrderBy(ranked => ranked.Fitness)
            .Select((ranked, i) => ranked with { Rank = i + 1 }),
    ];

    private static IEnumerable<int> Numbers(RunState state) => state.Experiment.Search.Method == SearchMethod.Ml3
        ? Enumerable.Range(1, state.LastStart ?? state.Evaluations).Where(number => !state.Learned.ContainsKey(number)).Take(state.Experiment.Search.Island.Window)
        : [];
}
