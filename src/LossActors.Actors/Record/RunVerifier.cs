using System.Collections.Immutable;
using LossActors.Actors.Experiments;
using LossActors.Actors.Persistence;
using LossActors.Actors.Runs;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Fame;
using LossActors.Expressions;
using LossActors.Expressions.Printing;
using static LossActors.Actors.Record.VerificationTally;

namespace LossActors.Actors.Record;

/// <summary>
/// Re-derives a run from its record alone, without training anything: each island's proposals and verdicts from its seed and the findings it was
/// given, and the hall of fame from candidates and replicates. Of a run without islands the tables are checked against the journal.
/// </summary>
public static class RunVerifier
{
    /// <summary>Checks a run. The tables of one that was cut may lag behind its journal until it is resumed; they may not contradict it.</summary>
    /// <exception cref="UnknownRunException">There is no such run.</exception>
    /// <exception cref="DatabaseException">The database cannot be read.</exception>
    public static RunVerification Verify(Database database, string run)
    {
        using var reader = RecordReader.Open(database);
        var details = reader.Show(run);
        var tally = new VerificationTally();
        var complete = details.State == "completed";
        if (details.Experiment.Search.Method == SearchMethod.Evolution)
        {
            var members = ReplayIslands(database, details, tally);
            CheckCandidates(reader.Candidates(run), members, tally);
            if (complete)
            {
                CheckHallOfFame(details, members, reader.FreshReplicates(run), tally);
            }
        }
        else
        {
            NeuralVerifier.Check(database, reader, details, tally);
        }

        return new RunVerification(run, tally.Checked, tally.Agreeing, [.. tally.Differences], complete) { IsReplayed = details.Experiment.Search.Method == SearchMethod.Evolution };
    }

    private static ImmutableArray<Individual> ReplayIslands(Database database, RunDetails details, VerificationTally tally)
    {
        using var journal = new JournalReader(database);
        var members = ImmutableArray.CreateBuilder<Individual>();
        foreach (var settings in Archipelago.Founding(details.Founded, details.Islands))
        {
            var (i, replay) = (settings.Island, new IslandReplay(settings));
            foreach (var (number, happened) in journal.IslandEvents(new JournalId(details.Run, i)))
            {
                var expected = replay.Expected;
                tally.Check(replay.Accept(happened), () => $"island {i}, event {number}: the record has {IslandReplay.Text(happened)}, but {(expected is null ? "nothing" : IslandReplay.Text(expected))} follows");
            }

            members.AddRange(replay.Members);
        }

        return members.ToImmutable();
    }

    private static void CheckCandidates(IReadOnlyList<CandidateRow> candidates, ImmutableArray<Individual> members, VerificationTally tally)
    {
        var trained = members.ToDictionary(m => m.Id.ToString());
        foreach (var row in candidates.Where(c => c.Verdict == "trained"))
        {
            tally.Check(
                trained.TryGetValue(row.Id, out var m) && SameBits(m.Fitness, row.Fitness) && Same(m.Expression, row.Expression, row.Weights),
                () => $"candidate {row.Id} in the tables is not the one in the journal");
        }

    }

    private static void CheckHallOfFame(RunDetails details, ImmutableArray<Individual> members, IReadOnlyList<(string Candidate, int Replicate, double Fitness)> fresh, VerificationTally tally)
    {
        var search = details.Experiment.Search;
        var halls = members.Aggregate(new TaskHalls(), (halls, individual) => halls.With(search.TasksOf(individual.Id.Island), individual));
        var replicates = fresh.GroupBy(f => CandidateId.Parse(f.Candidate)).ToDictionary(g => g.Key, g => g.OrderBy(f => f.Replicate).Select(f => f.Fitness).ToImmutableArray());
        var ranked = Measurements.Rank(halls.Finalists(search.Finalists), replicates);
        tally.Check(members.Length == details.Trained, () => $"the tables have {details.Trained} trained candidates, the journal {members.Length}");
        tally.Check(ranked.Length == details.HallOfFame.Length, () => $"the hall of fame has {details.HallOfFame.Length} places, but {ranked.Length} follow");
        foreach (var (loss, row) in ranked.Zip(details.HallOfFame))
        {
            tally.Check(
                loss.Rank == row.Rank && loss.Individual.Id.ToString() == row.Candidate && Same(loss.Individual.Expression, row.Expression, row.Weights)
                    && SameBits(loss.Fitness, row.Fitness) && SameBits(loss.Individual.Fitness, row.SearchFitness),
                () => $"rank {row.Rank} is {row.Candidate} with {row.Fitness}, but {loss.Individual.Id} with {loss.Fitness} follows");
        }
    }

    private static bool Same(Expression derived, string expression, ImmutableArray<double> weights) =>
        ExpressionFormatter.Function(derived) == expression && derived.Weights.AsSpan().SequenceEqual(weights.AsSpan());
}
