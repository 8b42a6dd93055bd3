using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using LossActors.Actors.Runs;
using LossActors.Actors.Serialization;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Losses.Neural;

namespace LossActors.Actors.Record;

/// <summary>What the training of neural losses changes in the record: each is a candidate without an island's history.</summary>
internal static class NeuralTables
{
    /// <summary>Writes what came of a neural loss; returns the candidate as it is recorded.</summary>
    public static CandidateRow Write(DbConnection db, string run, RunEvent.Learned learned)
    {
        var row = Row(db, run, learned);
        var weights = learned.Finding is LearnedLoss loss ? NeuralLossText.Of(loss.Network) : "";
        db.Execute(
            """
            INSERT INTO births(run, id, island, birth, parents, origin, expression, weights, complexity, proposed_at,
                               verdict, fitness, trained_steps, seconds, reason, worker, judged_at, refinement_steps)
            VALUES (@run, @Id, @Island, @Birth, '[]', @Origin, @Expression, @weights, @Complexity, @ProposedAt,
                    @Verdict, @Fitness, @TrainedSteps, @Seconds, @Reason, @Worker, @JudgedAt, @RefinementSteps);
            INSERT INTO tallies(run, island, verdict, candidates, seconds, saved_seconds, trained_steps, saved_steps, best, refinement_steps)
            VALUES (@run, @Island, @Verdict, 1, @Seconds, 0, @TrainedSteps, 0, @Fitness, @RefinementSteps)
            ON CONFLICT(run, island, verdict) DO UPDATE SET candidates = tallies.candidates + 1, seconds = tallies.seconds + excluded.seconds,
                trained_steps = tallies.trained_steps + excluded.trained_steps, best = CASE WHEN tallies.best IS NULL OR excluded.best < tallies.best THEN excluded.best ELSE tallies.best END,
                refinement_steps = tallies.refinement_steps + excluded.refinement_steps;
            """,
            new
            {
                run, row.Id, row.Island, row.Birth, row.Origin, row.Expression, weights, row.Complexity, row.ProposedAt, row.Verdict, row.Fitness, row.TrainedSteps, row.Seconds,
                row.Reason, row.Worker, row.JudgedAt, row.RefinementSteps,
            });
        if (learned.Finding is LearnedLoss { Replicates: var replicates })
        {
            RunTables.WriteReplicates(db, run, row.Id, 0, replicates, fresh: false);
        }

        return row;
    }

    /// <summary>Adds places to the final hall of fame.</summary>
    public static void WriteHallOfFame(DbConnection db, string run, ImmutableArray<RankedNetwork> networks)
    {
        foreach (var ranked in networks)
        {
            db.Execute(
                """
                INSERT INTO hall_of_fame(run, rank, candidate, expression, weights, complexity, fitness, search_fitness)
                SELECT run, @Rank, id, expression, weights, complexity, @fitness, fitness FROM births WHERE run = @run AND id = @candidate
                """,
                new { run, ranked.Rank, candidate = ranked.Candidate.ToString(), fitness = double.IsFinite(ranked.Fitness) ? ranked.Fitness : (double?)null });
        }
    }

    private static CandidateRow Row(DbConnection db, string run, RunEvent.Learned learned)
    {
        var (loss, failed) = (learned.Finding as LearnedLoss, learned.Finding as Finding.Failed);
        var fitness = loss is { Replicates: { IsDefaultOrEmpty: false } replicates } ? replicates.Average() : (double?)null;
        var verdict = failed is { Poisonous: true } ? Verdict.Quarantined : failed is not null ? Verdict.Failed : fitness is null ? Verdict.Diverged : Verdict.Trained;
        return new CandidateRow
        {
            Id = learned.Candidate.ToString(), Island = learned.Candidate.Island, Birth = learned.Candidate.Birth, Parents = [], Verdict = Words.Of(verdict),
            Origin = Words.Of(Origin.Initial), Expression = NeuralLoss.Name, Weights = loss?.Network.Parameters ?? [], Complexity = loss?.Network.Parameters.Length ?? 0,
            Fitness = fitness, FitnessSteps = fitness is null ? null : db.ExecuteScalar<int?>("SELECT full_steps FROM run_facts WHERE run = @run", new { run }),
            TrainedSteps = loss?.TrainedSteps ?? 0, RefinementSteps = loss?.LearningSteps ?? failed?.TrainedSteps ?? 0, Seconds = learned.Finding.Seconds, SavedSeconds = 0,
            Reason = failed?.Reason, Worker = learned.Worker, ProposedAt = learned.At - TimeSpan.FromSeconds(learned.Finding.Seconds), JudgedAt = learned.At,
        };
    }
}
