using System.Collections.Immutable;
using Dapper;
using LossActors.Actors.Islands;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Expressions.Printing;
using Microsoft.Data.Sqlite;
using static LossActors.Actors.Record.RecordWriter;

namespace LossActors.Actors.Record;

/// <summary>What an island's events change in the record.</summary>
internal static class IslandTables
{
    public static void Write(SqliteConnection db, string run, int island, JournaledIslandEvent journaled)
    {
        switch (journaled.Event)
        {
            case IslandEvent.Proposed e:
                WriteProposal(db, run, new CandidateId(island, e.Birth), e, journaled.At);
                break;
            case IslandEvent.Found e:
                WriteFinding(db, run, new CandidateId(island, e.Birth), e.Finding, journaled.Worker);
                break;
            case IslandEvent.Judged e:
                WriteVerdict(db, run, e.Judgement, journaled.At);
                break;
            case IslandEvent.MigrantsAdmitted e:
                foreach (var migrant in e.Accepted)
                {
                    db.Execute(
                        """INSERT OR REPLACE INTO migrants(run, "from", "to", candidate, birth, epoch, fitness, at) VALUES (@run, @From, @island, @candidate, @AtBirth, @Epoch, @Fitness, @At)""",
                        new { run, e.From, island, candidate = migrant.Id.ToString(), e.AtBirth, e.Epoch, migrant.Fitness, journaled.At });
                }

                break;
            case IslandEvent.BudgetGranted or IslandEvent.BudgetWithdrawn or IslandEvent.Emigrated:
                break;
            default:
                throw new InvalidOperationException($"The record does not know {journaled.Event.GetType().Name}.");
        }

        RunTables.Touch(db, run, journaled.At);
    }

    private static void WriteProposal(SqliteConnection db, string run, CandidateId id, IslandEvent.Proposed e, DateTimeOffset at) =>
        db.Execute(
            """
            INSERT INTO births(run, id, island, birth, parents, origin, expression, weights, complexity, proposed_at)
            VALUES (@run, @id, @Island, @Birth, @parents, @origin, @expression, @weights, @Count, @at)
            """,
            new
            {
                run, id = id.ToString(), id.Island, id.Birth, parents = Json(e.Parents.Select(p => p.ToString())), origin = Words.Of(e.Origin),
                expression = ExpressionFormatter.Function(e.Expression), weights = Json(e.Expression.Weights), e.Expression.Count, at,
            });

    private static void WriteFinding(SqliteConnection db, string run, CandidateId id, Finding finding, string? worker)
    {
        db.Execute("UPDATE births SET worker = coalesce(@worker, worker) WHERE run = @run AND island = @Island AND birth = @Birth", new { run, id.Island, id.Birth, worker });
        if (finding is Finding.Refined refined)
        {
            db.Execute(
                "UPDATE births SET expression = @expression, weights = @weights, complexity = @Count WHERE run = @run AND island = @Island AND birth = @Birth",
                new
                {
                    run, id.Island, id.Birth, expression = ExpressionFormatter.Function(refined.Tuned), weights = Json(refined.Tuned.Weights), refined.Tuned.Count,
                });
            db.Execute(
                """
                INSERT OR REPLACE INTO refinements(run, candidate, parent, error_before, error_after, meta_steps, seconds)
                SELECT @run, id, coalesce(json_extract(parents, '$[0]'), ''), @before, @after, @Steps, @Seconds FROM births WHERE run = @run AND island = @Island AND birth = @Birth
                """,
                new { run, id.Island, id.Birth, before = Finite(refined.Before), after = Finite(refined.After), refined.Steps, refined.Seconds });
        }
    }

    private static void WriteVerdict(SqliteConnection db, string run, Judgement j, DateTimeOffset at)
    {
        db.Execute(
            """
            UPDATE births SET verdict = @verdict, fitness = @fitness, trained_steps = @TrainedSteps, seconds = @Seconds, saved_seconds = @SavedSeconds,
                              same_as = @sameAs, reason = @Reason, judged_at = @at, stopped_at = @StoppedAt, saved_steps = @SavedSteps
            WHERE run = @run AND island = @Island AND birth = @Birth
            """,
            new
            {
                run, j.Candidate.Island, j.Candidate.Birth, verdict = Words.Of(j.Verdict), fitness = Finite(j.Fitness), j.TrainedSteps, j.Seconds, j.SavedSeconds,
                sameAs = j.SameAs?.ToString(), j.Reason, at, j.StoppedAt, j.SavedSteps,
            });
        if (j.Verdict == Verdict.Trained)
        {
            RunTables.WriteReplicates(db, run, j.Candidate.ToString(), 0, j.Replicates.IsDefault ? ImmutableArray<double>.Empty : j.Replicates, fresh: false);
        }
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
