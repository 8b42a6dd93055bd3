using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using LossActors.Actors.Islands;
using LossActors.Actors.Serialization;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Expressions.Printing;
using static LossActors.Actors.Record.RecordWriter;
using static LossActors.Actors.Record.Statement;

namespace LossActors.Actors.Record;

/// <summary>What islands' events change in the record. Every candidate passes here several times, so each statement is prepared once.</summary>
internal sealed class IslandTables(DbConnection db, SqlDialect dialect) : IDisposable
{
    private readonly Statement _propose = new(
        db,
        dialect,
        """
        INSERT INTO births(run, id, island, birth, parents, origin, expression, weights, complexity, proposed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        [Text, Text, Whole, Whole, Text, Text, Text, Text, Whole, Text]);

    private readonly Statement _find = new(
        db,
        dialect,
        "UPDATE births SET worker = coalesce($4, worker), refinement_steps = refinement_steps + $5 WHERE run = $1 AND island = $2 AND birth = $3",
        [Text, Whole, Whole, Text, Whole]);

    private readonly Statement _tune = new(
        db,
        dialect,
        "UPDATE births SET expression = $4, weights = $5, complexity = $6 WHERE run = $1 AND island = $2 AND birth = $3 RETURNING CASE origin WHEN 'refinement' THEN parents ELSE '[]' END",
        [Text, Whole, Whole, Text, Text, Whole]);

    private readonly Statement _refine = new(
        db,
        dialect,
        """
        INSERT INTO refinements(run, candidate, parent, error_before, error_after, meta_steps, seconds) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT(run, candidate) DO UPDATE SET parent = excluded.parent, error_before = excluded.error_before, error_after = excluded.error_after,
            meta_steps = excluded.meta_steps, seconds = excluded.seconds
        """,
        [Text, Text, Text, Real, Real, Whole, Real]);

    private readonly Statement _judge = new(
        db,
        dialect,
        """
        UPDATE births SET verdict = $4, fitness = $5, trained_steps = $6, seconds = $7, saved_seconds = $8, same_as = $9, reason = $10, judged_at = $11,
                          stopped_at = $12, saved_steps = $13
        WHERE run = $1 AND island = $2 AND birth = $3
        RETURNING parents, origin, expression, weights, complexity, worker, proposed_at, coalesce((SELECT full_steps FROM island_tasks t WHERE t.run = births.run AND t.island = births.island), (SELECT full_steps FROM run_facts f WHERE f.run = births.run)), refinement_steps
        """,
        [Text, Whole, Whole, Text, Real, Whole, Real, Real, Text, Text, Text, Whole, Whole]);

    private readonly Statement _count = new(
        db,
        dialect,
        """
        INSERT INTO tallies(run, island, verdict, candidates, seconds, saved_seconds, trained_steps, saved_steps, best, refinement_steps)
        VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9)
        ON CONFLICT(run, island, verdict) DO UPDATE SET candidates = tallies.candidates + excluded.candidates, seconds = tallies.seconds + excluded.seconds,
            saved_seconds = tallies.saved_seconds + excluded.saved_seconds, trained_steps = tallies.trained_steps + excluded.trained_steps,
            saved_steps = tallies.saved_steps + excluded.saved_steps,
            best = CASE WHEN tallies.best IS NULL OR excluded.best < tallies.best THEN excluded.best ELSE tallies.best END,
            refinement_steps = tallies.refinement_steps + excluded.refinement_steps
        """,
        [Text, Whole, Text, Real, Real, Whole, Whole, Real, Whole]);

    private readonly Statement _replicate = new(
        db,
        dialect,
        """
        INSERT INTO replicates(run, candidate, replicate, fitness, fresh) VALUES ($1, $2, $3, $4, 0)
        ON CONFLICT(run, candidate, replicate) DO UPDATE SET fitness = excluded.fitness, fresh = excluded.fresh
        """,
        [Text, Text, Whole, Real]);

    private readonly Statement _admit = new(
        db,
        dialect,
        """
        INSERT INTO migrants(run, "from", "to", candidate, birth, epoch, fitness, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT(run, "to", "from", epoch, candidate) DO UPDATE SET birth = excluded.birth, fitness = excluded.fitness, at = excluded.at
        """,
        [Text, Whole, Whole, Text, Whole, Whole, Real, Text]);

    private readonly Statement _reset = new(
        db,
        dialect,
        """
        INSERT INTO resets(run, island, birth, kept, at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT(run, island, birth) DO UPDATE SET kept = excluded.kept, at = excluded.at
        """,
        [Text, Whole, Whole, Text, Text]);

    /// <summary>Writes an event of an island.</summary>
    /// <returns>For a verdict: the candidate as it is recorded now.</returns>
    public CandidateRow? Write(DbTransaction transaction, string run, int island, JournaledIslandEvent journaled)
    {
        switch (journaled.Event)
        {
            case IslandEvent.Proposed e:
                _propose.Execute(
                    transaction, run, new CandidateId(island, e.Birth).ToString(), island, e.Birth, Json(e.Parents.Select(p => p.ToString())), Words.Of(e.Origin),
                    ExpressionFormatter.Function(e.Expression), Json(e.Expression.Weights), e.Expression.Count, SqlTypes.Text(journaled.At));
                break;
            case IslandEvent.Found e:
                _find.Execute(transaction, run, island, e.Birth, journaled.Worker, RefinementSteps(e.Finding));
                if (e.Finding is Finding.Trained trained)
                {
                    FitnessParts.Write(db, run, new CandidateId(island, e.Birth).ToString(), trained.TaskErrors, trained.HorizonErrors, fresh: false);
                }

                if (e.Finding is Finding.Refined refined)
                {
                    WriteTuned(transaction, run, new CandidateId(island, e.Birth), refined);
                }

                break;
            case IslandEvent.Judged e:
                return WriteVerdict(transaction, run, e.Judgement, journaled.At);
            case IslandEvent.MigrantsAdmitted e:
                foreach (var migrant in e.Accepted)
                {
                    _admit.Execute(transaction, run, e.From, island, migrant.Id.ToString(), e.AtBirth, e.Epoch, migrant.Fitness, SqlTypes.Text(journaled.At));
                }

                break;
            case IslandEvent.Settled e:
                foreach (var member in e.Members)
                {
                    _admit.Execute(transaction, run, e.From, island, member.Id.ToString(), 0, 0, member.Fitness, SqlTypes.Text(journaled.At));
                }

                break;
            case IslandEvent.PopulationReset e:
                _reset.Execute(transaction, run, island, e.AtBirth, Json(e.Kept.Select(k => k.ToString())), SqlTypes.Text(journaled.At));
                break;
            case IslandEvent.BudgetGranted or IslandEvent.BudgetWithdrawn or IslandEvent.Emigrated or IslandEvent.MigrantsReceived
                or IslandEvent.Stagnated or IslandEvent.Amended or IslandEvent.Injected:
                break;
            default:
                throw new InvalidOperationException($"The record does not know {journaled.Event.GetType().Name}.");
        }

        return null;
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _propose, _find, _tune, _refine, _judge, _count, _replicate, _admit, _reset })
        {
            statement.Dispose();
        }
    }

    private void WriteTuned(DbTransaction transaction, string run, CandidateId id, Finding.Refined refined)
    {
        var parent = "";
        using (var row = _tune.Read(
            transaction, run, id.Island, id.Birth, ExpressionFormatter.Function(refined.Tuned), Json(refined.Tuned.Weights), refined.Tuned.Count))
        {
            while (row.Read())
            {
                parent = Texts(row.GetString(0)).FirstOrDefault("");
            }
        }

        _refine.Execute(transaction, run, id.ToString(), parent, Finite(refined.Before), Finite(refined.After), refined.Steps, refined.Seconds);
    }

    private CandidateRow? WriteVerdict(DbTransaction transaction, string run, Judgement j, DateTimeOffset at)
    {
        var (id, verdict, fitness) = (j.Candidate, Words.Of(j.Verdict), Finite(j.Fitness));
        CandidateRow? recorded = null;
        using (var row = _judge.Read(
            transaction, run, id.Island, id.Birth, verdict, fitness, j.TrainedSteps, j.Seconds, j.SavedSeconds, j.SameAs?.ToString(), j.Reason, SqlTypes.Text(at), j.StoppedAt,
            j.SavedSteps))
        {
            // To the end: what a reader leaves unread is not done.
            while (row.Read())
            {
                recorded = new CandidateRow
                {
                    Id = id.ToString(), Island = id.Island, Birth = id.Birth, Parents = Texts(row.GetString(0)), Verdict = verdict, Origin = row.GetString(1),
                    Expression = row.GetString(2), Weights = JsonSerializer.Deserialize<ImmutableArray<double>>(row.GetString(3), WireJson.Options), Complexity = row.GetInt32(4),
                    Fitness = fitness, FitnessSteps = fitness is null ? null : j.StoppedAt ?? (row.IsDBNull(7) ? null : row.GetInt32(7)), StoppedAt = j.StoppedAt,
                    TrainedSteps = j.TrainedSteps, RefinementSteps = row.GetInt64(8), SavedSteps = j.SavedSteps, Seconds = j.Seconds, SavedSeconds = j.SavedSeconds, SameAs = j.SameAs?.ToString(), Reason = j.Reason,
                    Worker = row.IsDBNull(5) ? null : row.GetString(5), ProposedAt = SqlTypes.Time(row.GetString(6)), JudgedAt = at,
                };
            }
        }

        if (recorded is null)
        {
            return null;
        }

        _count.Execute(
            transaction, run, id.Island, verdict, j.Seconds, j.SavedSeconds, j.TrainedSteps, j.SavedSteps, j.Verdict == Verdict.Trained ? fitness : null,
            recorded.RefinementSteps);
        if (j is { Verdict: Verdict.Trained, Replicates: { IsDefault: false } replicates })
        {
            for (var i = 0; i < replicates.Length; i++)
            {
                _replicate.Execute(transaction, run, id.ToString(), i, replicates[i]);
            }
        }

        return recorded;
    }

    private static long RefinementSteps(Finding finding) => finding switch
    {
        Finding.Refined refined => refined.TrainedSteps,
        Finding.Failed failed => failed.TrainedSteps,
        _ => 0,
    };

    private static ImmutableArray<string> Texts(string json) => JsonSerializer.Deserialize<ImmutableArray<string>>(json, WireJson.Options);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
