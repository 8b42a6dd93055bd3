using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Dapper;
using LossActors.Actors.Experiments;
using LossActors.Actors.Runs;
using LossActors.Actors.Serialization;
using LossActors.Expressions.Printing;
using LossActors.Learning.Protocols;
using static LossActors.Actors.Record.RecordWriter;

namespace LossActors.Actors.Record;

/// <summary>What a run's own events change in the record.</summary>
internal static class RunTables
{
    /// <summary>Writes an event of a run.</summary>
    /// <returns>Where it is a verdict: the candidate as it is recorded now.</returns>
    public static CandidateRow? Write(DbConnection db, string run, RunEvent happened)
    {
        CandidateRow? candidate = null;
        switch (happened)
        {
            case RunEvent.Started e:
                db.Execute(
                    """
                    INSERT INTO run_facts(run, name, state, seed, strict, budget, islands, metric, created_at, updated_at, data_hash, versions, experiment, full_steps)
                    VALUES (@run, @Name, 'running', @Seed, @Strict, @Evaluations, @Islands, @Metric, @At, @At, @DataHash, @Versions, @Experiment, @FullSteps)
                    """,
                    new
                    {
                        run, e.Experiment.Name, Seed = e.Experiment.Search.Island.Seed.ToString(provider: null), Strict = e.Experiment.Search.Island.Strict ? 1 : 0, e.Experiment.Search.Evaluations,
                        Islands = e.Experiment.Search.IslandsAtWork, e.Metric, e.At, e.DataHash, Versions = Json(e.Versions), Experiment = Json(e.Experiment),
                        e.Experiment.Protocol.FullSteps,
                    });
                WriteIslandTasks(db, run, e.Experiment.Protocol, e.Experiment.Search);
                break;
            case RunEvent.EpochStarted e:
                Open(db, run, e.At, e.Epoch, e.Pid);
                break;
            case RunEvent.BudgetRaised e:
                db.Execute("UPDATE run_facts SET budget = @Evaluations WHERE run = @run", new { run, e.Evaluations });
                SetTime(db, run, e.Time);
                db.Execute("DELETE FROM hall_of_fame WHERE run = @run", new { run });
                SetState(db, run, "running");
                break;
            case RunEvent.BudgetGranted e:
                db.Execute("INSERT INTO grants(run, island, number, births) VALUES (@run, @Island, @Number, @Births)", new { run, e.Island, e.Number, e.Births });
                break;
            case RunEvent.BaselineMeasured e:
                WriteBaseline(db, run, e);
                break;
            case RunEvent.Learned e:
                candidate = NeuralTables.Write(db, run, e);
                break;
            case RunEvent.FinalsBegan:
                SetState(db, run, "finals");
                break;
            case RunEvent.ReplicatesMeasured e:
                WriteReplicates(db, run, e.Candidate.ToString(), e.FirstReplicate, e.Fitness, fresh: true);
                FitnessParts.Write(db, run, e.Candidate.ToString(), e.TaskErrors, e.HorizonErrors, fresh: true);
                break;
            case RunEvent.Paused:
                SetState(db, run, "paused");
                break;
            case RunEvent.Resumed e:
                SetState(db, run, "running");
                Open(db, run, e.At, epoch: null, pid: null);
                break;
            case RunEvent.Stopping e:
                SetState(db, run, "stopping", e.Reason);
                break;
            case RunEvent.Amended e:
                db.Execute("UPDATE run_facts SET islands = @Islands WHERE run = @run", new { run, Islands = e.Search.IslandsAtWork });
                WriteIslandTasks(db, run, Founded(db, run).Protocol, e.Search);
                WriteAmendment(db, run, e.Number, e.Request, e.Description, Json(e.Search), e.At);
                break;
            case RunEvent.Injected e:
                WriteAmendment(db, run, e.Number, e.Request, e.Description, search: null, e.At);
                break;
            case RunEvent.IslandClosed:
                break;
            case RunEvent.Completed e:
                SetState(db, run, "completed", keepReason: true);
                WriteHallOfFame(db, run, e.HallOfFame);
                NeuralTables.WriteHallOfFame(db, run, e.Networks);
                break;
            case RunEvent.Cancelled:
                SetState(db, run, "cancelled");
                break;
            case RunEvent.Failed e:
                SetState(db, run, "failed", e.Reason);
                break;
            default:
                throw new InvalidOperationException($"The record does not know {happened.GetType().Name}.");
        }

        Touch(db, run, happened.At);
        if (happened is RunEvent.Paused or RunEvent.Completed or RunEvent.Cancelled or RunEvent.Failed)
        {
            db.Execute("UPDATE run_intervals SET closed = 1 WHERE run = @run", new { run });
        }

        return candidate;
    }

    /// <summary>Something was recorded: the run was at work until now.</summary>
    public static void Touch(DbConnection db, string run, DateTimeOffset at)
    {
        db.Execute("UPDATE run_facts SET updated_at = CASE WHEN updated_at < @at THEN @at ELSE updated_at END WHERE run = @run", new { run, at });
        db.Execute("UPDATE run_intervals SET ended_at = CASE WHEN ended_at < @at THEN @at ELSE ended_at END WHERE run = @run AND closed = 0 AND number = (SELECT max(number) FROM run_intervals WHERE run = @run)", new { run, at });
    }

    public static void WriteReplicates(DbConnection db, string run, string candidate, int first, ImmutableArray<double> fitness, bool fresh)
    {
        for (var i = 0; i < fitness.Length; i++)
        {
            db.Execute(
                "INSERT INTO replicates(run, candidate, replicate, fitness, fresh) VALUES (@run, @candidate, @replicate, @value, @fresh) "
                + "ON CONFLICT(run, candidate, replicate) DO UPDATE SET fitness = excluded.fitness, fresh = excluded.fresh",
                new { run, candidate, replicate = first + i, value = fitness[i], fresh = fresh ? 1 : 0 });
        }
    }

    private static void WriteAmendment(DbConnection db, string run, int number, string request, string description, string? search, DateTimeOffset at) => db.Execute(
        "INSERT INTO amendments(run, number, request, description, search, at) VALUES (@run, @number, @request, @description, @search, @at)",
        new { run, number, request, description, search, at });

    // What an island measures on never changes; but islands may come.
    private static void WriteIslandTasks(DbConnection db, string run, EvaluationProtocol protocol, SearchSettings search)
    {
        foreach (var (island, tasks) in Enumerable.Range(0, search.IslandsAtWork).Select(search.TasksOf).Index().Where(island => !island.Item.IsAll))
        {
            db.Execute(
                "INSERT INTO island_tasks(run, island, tasks, full_steps) VALUES (@run, @island, @tasks, @steps) ON CONFLICT(run, island) DO NOTHING",
                new { run, island, tasks = Json(tasks), steps = protocol.FullStepsOn(tasks) });
        }
    }

    private static Experiment Founded(DbConnection db, string run) =>
        JsonSerializer.Deserialize<Experiment>(db.ExecuteScalar<string>("SELECT experiment FROM run_facts WHERE run = @run", new { run })!, WireJson.Options)!;

    private static void SetState(DbConnection db, string run, string state, string? reason = null, bool keepReason = false) =>
        db.Execute("UPDATE run_facts SET state = @state, reason = CASE WHEN @keepReason THEN reason ELSE @reason END WHERE run = @run", new { run, state, reason, keepReason });

    // The limit stands nowhere else: who resumes the run again starts from the experiment as it is here.
    private static void SetTime(DbConnection db, string run, TimeSpan? time)
    {
        var experiment = Founded(db, run);
        var raised = Json(experiment with { Search = experiment.Search with { Time = time } });
        db.Execute("UPDATE run_facts SET experiment = @raised WHERE run = @run", new { run, raised });
    }

    private static void Open(DbConnection db, string run, DateTimeOffset at, int? epoch, int? pid)
    {
        db.Execute("UPDATE run_intervals SET closed = 1 WHERE run = @run", new { run });
        db.Execute(
            """
            INSERT INTO run_intervals(run, number, epoch, pid, started_at, ended_at)
            SELECT @run, coalesce(max(number), 0) + 1, coalesce(@epoch, max(epoch), 0), coalesce(@pid, max(pid), 0), @at, @at FROM run_intervals WHERE run = @run
            """,
            new { run, epoch, pid, at });
    }

    private static void WriteBaseline(DbConnection db, string run, RunEvent.BaselineMeasured e)
    {
        for (var i = 0; i < Math.Max(1, e.Fitness.Length); i++)
        {
            db.Execute(
                "INSERT INTO baselines(run, rate_index, learning_rate, replicate, fitness) VALUES (@run, @Index, @LearningRate, @replicate, @value) "
                + "ON CONFLICT(run, rate_index, replicate) DO UPDATE SET learning_rate = excluded.learning_rate, fitness = excluded.fitness",
                new { run, e.Index, e.LearningRate, replicate = e.FirstReplicate + i, value = e.Fitness.IsEmpty ? (double?)null : e.Fitness[i] });
        }
    }

    private static void WriteHallOfFame(DbConnection db, string run, ImmutableArray<RankedLoss> losses)
    {
        db.Execute("DELETE FROM hall_of_fame WHERE run = @run", new { run });
        foreach (var loss in losses)
        {
            var individual = loss.Individual;
            db.Execute(
                """
                INSERT INTO hall_of_fame(run, rank, candidate, expression, weights, complexity, fitness, search_fitness)
                VALUES (@run, @Rank, @candidate, @expression, @weights, @Complexity, @fitness, @searchFitness)
                """,
                new
                {
                    run, loss.Rank, candidate = individual.Id.ToString(), expression = ExpressionFormatter.Function(individual.Expression), weights = Json(individual.Expression.Weights),
                    individual.Complexity, fitness = double.IsFinite(loss.Fitness) ? loss.Fitness : (double?)null, searchFitness = individual.Fitness,
                });
        }
    }
}
