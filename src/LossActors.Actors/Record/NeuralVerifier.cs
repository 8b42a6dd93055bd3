using LossActors.Actors.Persistence;
using LossActors.Actors.Runs;
using LossActors.Evolution.Candidates;
using LossActors.Learning.Laboratory;

namespace LossActors.Actors.Record;

/// <summary>
/// Checks the tables of a run without islands against its journal: neural losses with their fitness, the order of the hall of fame, the baseline. What a training found is
/// believed: to derive that again would be to train again.
/// </summary>
internal static class NeuralVerifier
{
    public static void Check(Database database, RecordReader reader, RunDetails details, VerificationTally tally)
    {
        if (State(database, details.Run) is not { } state)
        {
            return;
        }

        var rows = reader.Candidates(details.Run).ToDictionary(row => row.Birth);
        tally.Check(rows.Keys.All(state.Learned.ContainsKey), () => "the tables have candidates that the journal does not know");
        foreach (var (number, finding) in state.Learned)
        {
            tally.Check(
                rows.GetValueOrDefault(number) is { } row && (finding is not LearnedLoss loss || IsSame(loss, row)),
                () => $"candidate {number} in the tables is not the one in the journal");
        }

        // The same choice among learning rates as the tables make.
        var baseline = state.Baselines.Values.Where(fitness => !fitness.IsEmpty).Select(fitness => fitness.Average()).DefaultIfEmpty(double.PositiveInfinity).Min();
        tally.Check(
            Math.Abs(baseline - (details.Baseline?.Value ?? double.PositiveInfinity)) is double.NaN or <= 1e-12,
            () => $"the baseline is {details.Baseline?.Value}, but {baseline} follows");
        if (details.State == "completed")
        {
            CheckHallOfFame(state, reader, details, tally);
        }
    }

    private static void CheckHallOfFame(RunState state, RecordReader reader, RunDetails details, VerificationTally tally)
    {
        var fresh = reader.FreshReplicates(details.Run).ToLookup(f => CandidateId.Parse(f.Candidate), f => f.Fitness);
        var ranked = NeuralSearch.Rank(state);
        tally.Check(ranked.Length == details.HallOfFame.Length, () => $"the hall of fame has {details.HallOfFame.Length} places, but {ranked.Length} follow");
        foreach (var (network, row) in ranked.Zip(details.HallOfFame))
        {
            tally.Check(
                network.Rank == row.Rank && network.Candidate.ToString() == row.Candidate && VerificationTally.SameBits(network.Fitness, row.Fitness)
                    && fresh[network.Candidate].SequenceEqual(network.Replicates),
                () => $"rank {row.Rank} is {row.Candidate} with {row.Fitness}, but {network.Candidate} with {network.Fitness} follows");
        }
    }

    private static bool IsSame(LearnedLoss loss, CandidateRow row) =>
        loss.Network.Parameters.AsSpan().SequenceEqual(row.Weights.AsSpan())
        && VerificationTally.SameBits(loss.Replicates.IsEmpty ? double.PositiveInfinity : loss.Replicates.Average(), row.Fitness);

    private static RunState? State(Database database, string run)
    {
        using var journal = new JournalReader(database);
        return journal.Rows(new JournalId(run).ToString(), after: 0, until: long.MaxValue).Select(row => row.Row).OfType<RunEvent>()
            .Aggregate((RunState?)null, (state, happened) => happened is RunEvent.Started started ? RunState.Of(started) : state?.Apply(happened));
    }
}
