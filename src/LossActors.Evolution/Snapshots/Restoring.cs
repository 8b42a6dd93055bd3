using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Fame;
using LossActors.Evolution.Islands;
using LossActors.Expressions.Canonical;

namespace LossActors.Evolution.Snapshots;

/// <summary>From snapshot to state.</summary>
internal static class Restoring
{
    public static IslandState Of(IslandSnapshot snapshot, IslandSettings settings)
    {
        Require(snapshot.Costs.Length == 3, "costs of three stages");
        Require(snapshot.Proposed - snapshot.InFlight.Length == snapshot.Verdicts.Values.Sum(), "a verdict for every birth that is not in flight");
        Require(
            snapshot.Destinations.All(d => snapshot.Emigrants.TryGetValue(d.Key, out var emigrants) && emigrants.Length == d.Value.Length),
            "a destination for every emigrant that leaves");
        Require(snapshot.Revision > 0 == snapshot.Settings is not null, "the settings of its revision");
        return Island.Initial(snapshot.Settings ?? settings) with
        {
            Budget = snapshot.Budget,
            Proposed = snapshot.Proposed,
            Epoch = snapshot.Epoch,
            Seconds = snapshot.Seconds,
            Verdicts = snapshot.Verdicts,
            SavedSeconds = snapshot.SavedSeconds,
            Costs = new() { Refine = Mean(snapshot.Costs[0]), Screen = Mean(snapshot.Costs[1]), Train = Mean(snapshot.Costs[2]) },
            Rungs = new() { Errors = snapshot.Rungs },
            Population = Named(snapshot.Population),
            Offspring = Named(snapshot.Offspring),
            Best = snapshot.Best is { } best ? One(best) : null,
            BestBorn = snapshot.BestBorn is { } born ? One(born) : null,
            Hall = Named(snapshot.Hall).Aggregate(new HallOfFame(), (hall, individual) => hall.With(individual)),
            RefinementQueue = [.. Named(snapshot.RefinementQueue)],
            Emigrants = snapshot.Emigrants.ToImmutableDictionary(e => e.Key, e => Named(e.Value)),
            Destinations = snapshot.Destinations.ToImmutableDictionary(),
            PutOut = [.. snapshot.PutOut],
            Received = [.. snapshot.Received],
            Gathered = Named(snapshot.Gathered),
            BestSinceReset = snapshot.BestSinceReset is { } sinceReset ? One(sinceReset) : null,
            ImprovedAt = snapshot.ImprovedAt,
            ResetAt = snapshot.ResetAt,
            InFlight = snapshot.InFlight.ToImmutableSortedDictionary(c => c.Birth, Of),
            Ledger = Ledger.Of(snapshot.Ledger),
            Archive = EquivalenceArchive.Of(snapshot.Archive),
            RefinedStructures = [.. snapshot.RefinedStructures.Unpack().Select(key => new ExpressionKey(key))],
            Revision = snapshot.Revision,
            Injections = snapshot.Injections,
            Injected = [.. snapshot.Injected],
            IsSettled = snapshot.IsSettled,
            IntervalSince = snapshot.IntervalSince,
            Stagnations = snapshot.Stagnations,
            Immigrants = [.. Named(snapshot.Immigrants)],
            InitialMembers = snapshot.InitialMembers,
        };

        Individual One(int place)
        {
            Require(place >= 0 && place < snapshot.Individuals.Length, $"an individual at place {place}");
            return snapshot.Individuals[place];
        }

        ImmutableArray<Individual> Named(ImmutableArray<int> places) => [.. places.Select(One)];
    }

    /// <exception cref="ArgumentException">It is not so.</exception>
    public static void Require(bool isSo, string what)
    {
        if (!isSo)
        {
            throw new ArgumentException($"A snapshot of an island wants {what}.");
        }
    }

    private static Candidate Of(CandidateSnapshot snapshot)
    {
        Require(snapshot.Seconds.Length == 3, "seconds of three stages");
        Require(snapshot.Sharing.HasValue == snapshot.Original.HasValue, "whose fitness is shared");
        return new(snapshot.Birth, snapshot.Origin, snapshot.Expression)
        {
            Rungs = snapshot.Rungs,
            Inherited = snapshot.Inherited,
            Owed = snapshot.Owed,
            Waiting = snapshot.Waiting,
            Sharing = snapshot.Sharing is { } verdict ? new(verdict, snapshot.Original!.Value) : null,
            Seconds = new(snapshot.Seconds[0], snapshot.Seconds[1], snapshot.Seconds[2]),
            Conclusion = snapshot.Conclusion is { } end
                ? new(end.Verdict)
                {
                    Fitness = end.Fitness, Replicates = end.Replicates, Steps = end.Steps, Reason = end.Reason,
                    StoppedAt = end.StoppedAt, SavedSteps = end.SavedSteps, Curve = end.Curve,
                }
                : null,
        };
    }

    private static RunningMean Mean(MeanSnapshot mean) => new(mean.Sum, mean.Count);
}
