using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;

namespace LossActors.Evolution.Snapshots;

/// <summary>From state to snapshot. What has no order of its own is sorted, so that equal states give equal bytes.</summary>
internal static class Taking
{
    public static IslandSnapshot Of(IslandState state)
    {
        var individuals = state.Population
            .Concat(state.Offspring)
            .Concat(state.Hall.Members)
            .Concat(state.RefinementQueue)
            .Concat(state.Emigrants.Values.SelectMany(e => e))
            .Concat(state.Gathered)
            .Concat(state.Immigrants)
            .Concat(new[] { state.Best, state.BestBorn, state.BestSinceReset }.OfType<Individual>())
            .Distinct()
            .OrderBy(i => i.Id)
            .ThenBy(i => i, Individual.Best)
            .ToImmutableArray();
        var places = individuals.Select((individual, place) => (individual, place)).ToDictionary(p => p.individual, p => p.place);
        ImmutableArray<int> Places(IEnumerable<Individual> of) => [.. of.Select(i => places[i])];
        return new(
            state.Budget,
            state.Proposed,
            state.Epoch,
            state.Seconds,
            state.Verdicts,
            state.SavedSeconds,
            [Mean(state.Costs.Refine), Mean(state.Costs.Screen), Mean(state.Costs.Train)],
            state.Rungs.Errors,
            individuals,
            Places(state.Population),
            Places(state.Offspring),
            state.Best is null ? null : places[state.Best],
            state.BestBorn is null ? null : places[state.BestBorn],
            Places(state.Hall.Members),
            Places(state.RefinementQueue),
            state.Emigrants.ToImmutableSortedDictionary(e => e.Key, e => Places(e.Value)),
            state.Destinations.ToImmutableSortedDictionary(),
            [.. state.PutOut.Order()],
            [.. state.Received.Order()],
            Places(state.Gathered),
            state.BestSinceReset is null ? null : places[state.BestSinceReset],
            state.ImprovedAt,
            state.ResetAt,
            [.. state.InFlight.Values.Select(Of)],
            state.Ledger.Take(),
            state.Archive.Take(),
            Packed.Of(state.RefinedStructures.Select(s => s.Value).Order()),
            state.Revision,
            state.Revision > 0 ? state.Settings : null,
            state.Injections,
            [.. state.Injected],
            state.IsSettled,
            state.IntervalSince,
            state.Stagnations)
        {
            Immigrants = Places(state.Immigrants),
            InitialMembers = state.InitialMembers,
        };
    }

    private static CandidateSnapshot Of(Candidate candidate) => new(
        candidate.Birth,
        candidate.Origin,
        candidate.Expression,
        candidate.Rungs,
        candidate.Owed,
        candidate.Waiting,
        candidate.Sharing?.Verdict,
        candidate.Sharing?.Original,
        [candidate.Seconds.Refine, candidate.Seconds.Screen, candidate.Seconds.Train],
        candidate.Conclusion is { } end
            ? new(end.Verdict, end.Fitness, end.Replicates, end.Steps, end.Reason, end.StoppedAt, end.SavedSteps, end.Curve)
            : null)
    {
        Inherited = candidate.Inherited,
    };

    private static MeanSnapshot Mean(RunningMean mean) => new(mean.Sum, mean.Count);
}
