using System.Collections.Immutable;
using LossActors.Actors.Experiments;
using LossActors.Actors.Persistence;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Expressions;

namespace LossActors.Actors.Runs;

/// <summary>
/// The state of a run as the snapshot store keeps it: <see cref="RunState"/>, with nothing optional, so that what is missing is noticed. Whoever changes what
/// is here, or what an event does to a state, gives it another manifest.
/// </summary>
internal sealed record RunSnapshot(
    Experiment Experiment,
    RunPhase Phase,
    RunPhase Before,
    int Epoch,
    int Evaluations,
    TimeSpan? Time,
    ImmutableArray<ImmutableArray<int>> Grants,
    ImmutableArray<int> Unspent,
    ImmutableSortedDictionary<int, ImmutableArray<double>> Baselines,
    ImmutableArray<Individual> Finalists,
    ImmutableSortedDictionary<CandidateId, ImmutableArray<double>> Fresh,
    ImmutableSortedDictionary<int, Finding> Learned,
    int? LastStart,
    SearchSettings Founded,
    int Amendments,
    ImmutableArray<int> Revisions,
    ImmutableArray<ImmutableArray<Expression>> Injected,
    ImmutableArray<string> Requests) : IJournaled
{
    public static RunSnapshot Of(RunState state) => new(
        state.Experiment, state.Phase, state.Before, state.Epoch, state.Evaluations, state.Time, state.Grants, state.Unspent, state.Baselines, state.Finalists, state.Fresh,
        state.Learned, state.LastStart, state.Founded, state.Amendments, state.Revisions, state.Injected, [.. state.Requests.Order(StringComparer.Ordinal)]);

    /// <exception cref="ArgumentException">The data contradicts itself.</exception>
    public RunState Restore() => Grants.Length == Experiment.Search.IslandsAtWork && Unspent.Length == Grants.Length && Revisions.Length == Grants.Length && Injected.Length == Grants.Length
        ? new()
        {
            Experiment = Experiment,
            Phase = Phase,
            Before = Before,
            Epoch = Epoch,
            Evaluations = Evaluations,
            Time = Time,
            Grants = Grants,
            Unspent = Unspent,
            Baselines = Baselines,
            Finalists = Finalists,
            Fresh = Fresh,
            Learned = Learned,
            LastStart = LastStart,
            Founded = Founded,
            Amendments = Amendments,
            Revisions = Revisions,
            Injected = Injected,
            Requests = [.. Requests],
        }
        : throw new ArgumentException($"A snapshot of a run wants the grants of {Experiment.Search.IslandsAtWork} islands.");
}
