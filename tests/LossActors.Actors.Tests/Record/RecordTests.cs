using System.Collections.Immutable;
using LossActors.Actors.Control;
using LossActors.Actors.Experiments;
using LossActors.Actors.Islands;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
using LossActors.Actors.Runs;
using LossActors.Actors.Tests.Databases;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Expressions;
using Xunit;

namespace LossActors.Actors.Tests.Record;

public abstract class RecordTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 23, 16, 0, 0, TimeSpan.Zero);
    private static readonly Expression s_loss = new([new(Primitive.Mul), new(Primitive.Log, 0.98), new(Primitive.F), new(Primitive.Y)]);

    private readonly TempFolder _folder;

    protected RecordTests(SharedPostgres? postgres = null)
    {
        _folder = new(postgres?.Server);
        _folder.Database.Initialise();
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void ARunIsShownWithItsCandidatesBaselineAndHallOfFame()
    {
        Write("run-r1", Started("r1"), new RunEvent.EpochStarted(s_start, 1, 4711),
            new RunEvent.BaselineMeasured(At(3), 0, 0.1, 1, [0.2, 0.4], 1), new RunEvent.BaselineMeasured(At(3), 1, 1.0, 1, [], 1));
        Write("island-r1-2", Journaled(1, new IslandEvent.Proposed(1, Origin.Initial, [], s_loss)), Judged(5, 2, 1, Verdict.Trained, 0.25));
        Write("run-r1", 4, new RunEvent.Completed(At(9), [new RankedLoss(1, new Individual(new(2, 1), s_loss, 0.25), [0.3, 0.1])]));

        using var reader = RecordReader.Open(_folder.Database);
        var run = reader.Show("r1");

        Assert.Equal(("completed", 1, 1, 9.0), (run.State, run.Evaluations, run.Trained, run.ElapsedSeconds));
        Assert.Equal(0.3, run.Baseline!.Value, 12);
        Assert.Equal(0.1, run.Baseline.LearningRate);
        var best = Assert.Single(run.HallOfFame);
        Assert.Equal(("mul(log(f), y)", 0.2, 0.25), (best.Expression, best.Fitness!.Value, best.SearchFitness));
        Assert.Equal([1, 0.98, 1, 1], best.Weights);
        Assert.Equal(18446744073709551615UL, run.Seed);
        var candidate = Assert.Single(reader.Candidates("r1"));
        Assert.Equal(("2:1", "trained", "initial", 5.0), (candidate.Id, candidate.Verdict, candidate.Origin, candidate.AtSeconds));
    }

    [Fact]
    public void EventsCountOnceHoweverOftenTheyAreProjected()
    {
        Write("run-r1", Started("r1"));
        object[] events = [Journaled(1, new IslandEvent.Proposed(1, Origin.Initial, [], s_loss)), Judged(2, 0, 1, Verdict.Trained, 0.5)];

        Write("island-r1-0", events);
        Write("island-r1-0", events);

        using var reader = RecordReader.Open(_folder.Database);
        Assert.Equal(1, reader.Show("r1").Evaluations);
    }

    [Fact]
    public void RowsOfOneEventAndOfManyAreRecordedAlike()
    {
        Write("run-r1", Started("r1"));
        Write("island-r1-0", Journaled(1, new IslandEvent.Proposed(1, Origin.Initial, [], s_loss)));
        Write("island-r1-0", 1, new JournaledIslandEvents(
            [Judged(2, 0, 1, Verdict.Rejected, double.PositiveInfinity), Journaled(2, new IslandEvent.Proposed(2, Origin.Initial, [], s_loss)), Judged(2, 0, 2, Verdict.Trained, 0.5)]));

        using var reader = RecordReader.Open(_folder.Database);
        Assert.Equal((2, 1), (reader.Show("r1").Evaluations, reader.Show("r1").Trained));
        Assert.Equal(["0:1", "0:2"], reader.Candidates("r1").Select(c => c.Id));
        Assert.Equal([("rejected", 1), ("trained", 1)], reader.Gates("r1").Select(g => (g.Verdict, g.Candidates)));
    }

    [Fact]
    public void ARunIsInterruptedWhenItsOwnerIsGone()
    {
        Write("run-r1", Started("r1"));
        using var reader = RecordReader.Open(_folder.Database);

        using (_folder.Database.Own("r1"))
        {
            Assert.Equal("running", reader.StateOf("r1"));
            Assert.Throws<RunOwnedException>(() => _folder.Database.Own("r1"));
        }

        Assert.Equal("interrupted", reader.StateOf("r1"));
    }

    [Fact]
    public void PausesAndTheTimeBetweenTwoProcessesAreNotActiveTime()
    {
        Write("run-r1", Started("r1"), new RunEvent.EpochStarted(s_start, 1, 1), new RunEvent.Paused(At(10)), new RunEvent.Resumed(At(100)),
            new RunEvent.BudgetGranted(At(105), 0, 1, 5), new RunEvent.EpochStarted(At(1000), 2, 2), new RunEvent.Completed(At(1001), []));

        using var reader = RecordReader.Open(_folder.Database);
        Assert.Equal(16, reader.Show("r1").ElapsedSeconds, 2);
    }

    [Fact]
    public void ARefinedCandidateStandsBesideItsParentAndItsStepsAreCounted()
    {
        var tuned = s_loss.WithWeights([1, 0.5, 1, 1]);
        Write("run-r1", Started("r1"));
        Write("island-r1-0",
            Journaled(1, new IslandEvent.Proposed(1, Origin.Initial, [], s_loss)), Judged(2, 0, 1, Verdict.Trained, 0.5),
            Journaled(3, new IslandEvent.Proposed(2, Origin.Refinement, [new(0, 1)], s_loss)),
            Journaled(4, new IslandEvent.Found(2, Stage.Refine, new Finding.Refined(tuned, 0.7, 0.6, 250, 1.5) { TrainedSteps = 4250 })), Judged(5, 0, 2, Verdict.Trained, 0.4),
            Journaled(6, new IslandEvent.Proposed(3, Origin.Refinement, [new(0, 1)], s_loss)),
            Journaled(7, new IslandEvent.Found(3, Stage.Refine, new Finding.Failed("not finite", false, 1) { TrainedSteps = 7 })), Judged(8, 0, 3, Verdict.Failed, double.PositiveInfinity));

        using var reader = RecordReader.Open(_folder.Database);
        var row = Assert.Single(reader.Refinements("r1"));
        Assert.Equal(("0:2", "0:1", 0.5, 0.4), (row.Candidate, row.Parent, row.FitnessBefore, row.FitnessAfter));
        Assert.Equal(["0:2", "0:1"], reader.Lineage("r1", "0:2").Select(c => c.Id));
        Assert.Equal([1, 0.5, 1, 1], reader.Candidates("r1")[1].Weights);
        Assert.Equal([0, 4250, 7], reader.Candidates("r1").Select(c => c.RefinementSteps));
        var run = reader.Show("r1");
        Assert.Equal((1500, 4257, 5757), (run.CandidateSteps, run.RefinementSteps, run.TrainingSteps));
    }

    [Fact]
    public void ACandidateTunedBeforeItsTrainingStandsBesideNobody()
    {
        Write("run-r1", Started("r1"));
        Write("island-r1-0",
            Journaled(1, new IslandEvent.Proposed(1, Origin.Initial, [], s_loss)), Judged(2, 0, 1, Verdict.Trained, 0.5),
            Journaled(3, new IslandEvent.Proposed(2, Origin.Subtree, [new(0, 1)], s_loss)),
            Journaled(4, new IslandEvent.Found(2, Stage.Refine, new Finding.Refined(s_loss.WithWeights([1, 0.5, 1, 1]), 0.7, 0.6, 250, 1.5))), Judged(5, 0, 2, Verdict.Trained, 0.4));

        using var reader = RecordReader.Open(_folder.Database);
        var row = Assert.Single(reader.Refinements("r1"));
        Assert.Equal(("0:2", "", null, 0.4), (row.Candidate, row.Parent, row.FitnessBefore, row.FitnessAfter));
        Assert.Equal(["0:1"], reader.Candidates("r1")[1].Parents);
    }

    [Fact]
    public void TheHallOfFameOfAnUnfinishedRunIsTheParetoFront()
    {
        var small = new Expression([new(Primitive.Sub), new(Primitive.Y), new(Primitive.F)]);
        Write("run-r1", Started("r1"));
        Write("island-r1-0",
            Journaled(1, new IslandEvent.Proposed(1, Origin.Initial, [], s_loss)), Judged(2, 0, 1, Verdict.Trained, 0.5),
            Journaled(1, new IslandEvent.Proposed(2, Origin.Initial, [], small)), Judged(2, 0, 2, Verdict.Trained, 0.6),
            Journaled(1, new IslandEvent.Proposed(3, Origin.Initial, [], s_loss)), Judged(2, 0, 3, Verdict.Trained, 0.55));

        using var reader = RecordReader.Open(_folder.Database);
        Assert.Equal(["0:1", "0:2"], reader.Show("r1").HallOfFame.Select(h => h.Candidate));
    }

    [Fact]
    public void AnEarlyFitnessIsRecordedWithItsLengthAndIsNoPartOfAnyHallOfFame()
    {
        Write("run-r1", Started("r1"));
        Write("island-r1-0",
            Journaled(1, new IslandEvent.Proposed(1, Origin.Initial, [], s_loss)), Judged(2, 0, 1, Verdict.Trained, 0.5),
            Journaled(1, new IslandEvent.Proposed(2, Origin.Initial, [], s_loss)), Journaled(2, new IslandEvent.Judged(new Judgement(new(0, 2), Verdict.Stopped, 0.1, [], 50, null, 1, 9, null, 50, 450))),
            Journaled(1, new IslandEvent.Proposed(3, Origin.Initial, [], s_loss)), Journaled(2, new IslandEvent.Judged(new Judgement(new(0, 3), Verdict.Equivalent, 0.1, [], 0, new(0, 2), 1, 9, null, 50))),
            Journaled(1, new IslandEvent.Proposed(4, Origin.Initial, [], s_loss)), Journaled(2, new IslandEvent.Judged(new Judgement(new(0, 4), Verdict.Rejected, double.PositiveInfinity, [], 0, null, 1, 9, null))));

        using var reader = RecordReader.Open(_folder.Database);
        var run = reader.Show("r1");
        Assert.Equal((1, 550L, 450L), (run.Trained, run.CandidateSteps, run.SavedSteps));
        Assert.Equal(["0:1"], run.HallOfFame.Select(h => h.Candidate));
        Assert.Equal(
            [("trained", 500, null), ("stopped", 50, 50), ("equivalent", 50, 50), ("rejected", null, null)],
            reader.Candidates("r1").Select(c => (c.Verdict, c.FitnessSteps, c.StoppedAt)));
    }

    [Fact]
    public void WhatAFitnessIsTheMeanOfIsRecordedOfTheSearchAndOfFreshNetworks()
    {
        var trained = new Finding.Trained([0.5], 500, false, 1) { TaskErrors = [0.25, 0.75], HorizonErrors = [0.4, 0.3, 0.25] };
        Write("run-r1", Started("r1"));
        Write("island-r1-0",
            Journaled(1, new IslandEvent.Proposed(1, Origin.Initial, [], s_loss)), Journaled(2, new IslandEvent.Found(1, Stage.Train, trained)), Judged(3, 0, 1, Verdict.Trained, 0.5));
        using var reader = RecordReader.Open(_folder.Database);
        var found = Assert.Single(reader.Show("r1").HallOfFame);
        Assert.Equal([0.25, 0.75], found.TaskErrors);
        Assert.Equal([0.4, 0.3, 0.25], found.HorizonErrors);

        Write("run-r1", 1,
            new RunEvent.ReplicatesMeasured(At(4), new(0, 1), 1, [0.6], 3) { TaskErrors = [0.3, 0.9] },
            new RunEvent.Completed(At(5), [new RankedLoss(1, new Individual(new(0, 1), s_loss, 0.5), [0.6])]));

        var measured = Assert.Single(reader.Show("r1").HallOfFame);
        Assert.Equal([0.3, 0.9], measured.TaskErrors);
        Assert.Empty(measured.HorizonErrors);
    }

    [Fact]
    public void ARunIsFoundByTheBeginningOfItsIdAndTheLatestByNone()
    {
        Write("run-abc-1", Started("abc-1"));
        Write("run-abd-2", Started("abd-2"));
        using var reader = RecordReader.Open(_folder.Database);

        Assert.Equal("abc-1", reader.Resolve("abc"));
        Assert.Equal("abd-2", reader.Resolve(null));
        Assert.Throws<UnknownRunException>(() => reader.Resolve("ab"));
        Assert.Throws<UnknownRunException>(() => reader.Resolve("x"));
    }

    [Fact]
    public void TheDocumentedNamesCanBeReadBySql()
    {
        Write("run-r1", Started("r1"));
        Write("island-r1-1", Journaled(1, new IslandEvent.MigrantsAdmitted(1, 0, 26, [new Individual(new(0, 3), s_loss, 0.5)])));
        using var db = _folder.Database.Open();
        using var command = db.CreateCommand();
        command.CommandText =
            """
            SELECT count(*) FROM (SELECT run, "from", "to", candidate, birth FROM migrants) AS m,
                (SELECT count(*) FROM (SELECT run, id, island, birth, parents, verdict, expression, weights, fitness, fitness_steps, stopped_at, trained_steps, refinement_steps, saved_steps FROM candidates) AS c) AS counted,
                (SELECT run, name, state, seed, strict, evaluations, trained, training_steps, candidate_steps, refinement_steps, saved_steps FROM runs) AS r
            """;
        Assert.Equal(1L, command.ExecuteScalar());
    }

    private static DateTimeOffset At(double seconds) => s_start.AddSeconds(seconds);

    private static RunEvent.Started Started(string run) => new(
        s_start, run, new Experiment { Name = "test", Search = new SearchSettings { Island = new IslandSettings { Seed = ulong.MaxValue } } }, "hash", "error-rate",
        ImmutableSortedDictionary<string, string>.Empty.Add("LossActors", "0.1.0"));

    private static JournaledIslandEvent Journaled(double seconds, IslandEvent happened) => new(At(seconds), "pid 1", happened);

    private static JournaledIslandEvent Judged(double seconds, int island, int birth, Verdict verdict, double fitness) => Journaled(
        seconds, new IslandEvent.Judged(new Judgement(new(island, birth), verdict, fitness, [fitness], 500, null, 1, 0, null)));

    private void Write(string persistenceId, params object[] events) => Write(persistenceId, 0, events);

    // Through bytes, as the journal would hand them out.
    private void Write(string persistenceId, long after, params object[] events)
    {
        using var writer = new RecordWriter(_folder.Database);
        writer.Write(persistenceId, events.Select((e, i) => (after + i + 1, JournalSerializer.Read(JournalSerializer.Write(e), JournalSerializer.ManifestOf(e)))));
    }
}
