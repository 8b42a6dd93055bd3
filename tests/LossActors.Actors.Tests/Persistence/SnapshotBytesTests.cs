using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using System.Text.Json;
using LossActors.Actors.Experiments;
using LossActors.Actors.Persistence;
using LossActors.Actors.Runs;
using LossActors.Actors.Serialization;
using LossActors.Actors.Tests.Serialization;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Snapshots;
using LossActors.Expressions;
using Xunit;

namespace LossActors.Actors.Tests.Persistence;

/// <summary>
/// The bytes of snapshots under their manifests. A changed line here wants a new manifest, and then the old one may go: runs whose snapshots are not known replay
/// their events.
/// </summary>
public sealed class SnapshotBytesTests
{
    internal static IEnumerable<string> Manifests => Golden.Read("snapshot.golden").Select(line => line.Manifest);

    private static readonly IslandSettings s_settings = new() { Island = 1, Population = 2, Strict = true, Refinement = RefinementPolicy.All, Neighbours = [new(0, 1)] };

    [Fact]
    public void TheBytesOfAnIslandsStateNeverChange()
    {
        var (manifest, expected) = Golden.Read("snapshot.golden")[0];
        var snapshot = IslandSnapshot.Of(Life.Aggregate(Island.Initial(s_settings), Island.Apply));

        Assert.Equal(manifest, JournalSerializer.ManifestOf(snapshot));
        Assert.Equal(expected, Text(snapshot));
        Assert.Equal(expected, Text(IslandSnapshot.Of(((IslandSnapshot)Read(expected, manifest)).Restore(s_settings))));
    }

    [Fact]
    public void TheBytesOfARunsStateNeverChangeButForTheExperiment()
    {
        var experiment = new Experiment { Name = "n", Search = new SearchSettings { Islands = 2 } };
        var individual = new Individual(new(1, 2), Loss("mul(0.98*log(f), y)"), 0.25);
        var snapshot = RunSnapshot.Of(new RunState
        {
            Experiment = experiment,
            Phase = RunPhase.Paused,
            Before = RunPhase.Finals,
            Epoch = 3,
            Evaluations = 900,
            Time = TimeSpan.FromMinutes(10),
            Grants = [[6, 6, 0], [6]],
            Unspent = [2, 0],
            Baselines = ImmutableSortedDictionary<int, ImmutableArray<double>>.Empty.Add(1, [0.5, 0.25]).Add(0, []),
            Finalists = [individual],
            Fresh = ImmutableSortedDictionary<CandidateId, ImmutableArray<double>>.Empty.Add(individual.Id, [0.5]),
            Learned = ImmutableSortedDictionary<int, Finding>.Empty.Add(3, new Finding.Failed("out of memory", Poisonous: false, 1)),
            LastStart = 4,
            Founded = experiment.Search,
            Amendments = 2,
            Revisions = [0, 1],
            Injected = [[Loss("mul(log(f), y)")], []],
            Requests = ["one", "another"],
        });
        var (manifest, line) = Golden.Read("snapshot.golden")[1];
        var expected = line.Replace("EXPERIMENT", JsonSerializer.Serialize(experiment, WireJson.Options), StringComparison.Ordinal)
            .Replace("SEARCH", JsonSerializer.Serialize(experiment.Search, WireJson.Options), StringComparison.Ordinal);

        Assert.Equal(manifest, JournalSerializer.ManifestOf(snapshot));
        Assert.Equal(expected, Text(snapshot));
        Assert.Equal(expected, Text(RunSnapshot.Of(((RunSnapshot)Read(expected, manifest)).Restore())));
    }

    /// <summary>A state that gains something must lose its old snapshots, which know nothing of it.</summary>
    [Theory]
    [InlineData(typeof(IslandState), typeof(IslandSnapshot), null, "Individuals")]
    [InlineData(typeof(RunState), typeof(RunSnapshot), null, null)]
    public void ASnapshotHasAllThatAStateHas(Type state, Type snapshot, string? notInSnapshot, string? notInState) =>
        Assert.Equal(Settable(state).Where(p => p != notInSnapshot), Settable(snapshot).Where(p => p != notInState));

    private static IEnumerable<string> Settable(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(p => p.CanWrite).Select(p => p.Name).Order();

    // Something of everything: members, a migrant, an epoch, a refinement under way, a duplicate, a birth that waits for its turn, one that has ended before it, one that a rung stopped.
    private static IEnumerable<IslandEvent> Life =>
    [
        new IslandEvent.BudgetGranted(1, 6),
        new IslandEvent.Proposed(1, Origin.Initial, [], Loss("mul(log(f), y)")),
        new IslandEvent.Proposed(2, Origin.Initial, [], Loss("square(add(y, -1*f))")),
        new IslandEvent.Found(1, Stage.Screen, new Finding.Screened(Gate.Passed, 255, 0.5)),
        new IslandEvent.Found(2, Stage.Screen, new Finding.Screened(Gate.Passed, 254, 0.25)),
        new IslandEvent.Found(1, Stage.Train, new Finding.Trained([0.5, 0.25], 100, false, 2) { Curve = [0.75, 0.5] }),
        new IslandEvent.Found(2, Stage.Train, new Finding.Trained([], 20, false, 1) { Curve = [0.875], SavedSteps = 80 }),
        new IslandEvent.Judged(new(new(1, 1), Verdict.Trained, 0.375, [0.5, 0.25], 100, null, 2.5, 0, null)),
        new IslandEvent.Judged(new(new(1, 2), Verdict.Stopped, 0.875, [], 20, null, 1.25, 4, null, 20, 80)),
        new IslandEvent.Emigrated(1, [new(new(1, 1), Loss("mul(log(f), y)"), 0.375)]),
        new IslandEvent.MigrantsAdmitted(1, 0, 2, [new(new(0, 7), Loss("abs(add(y, f))"), 0.125)]),
        new IslandEvent.Proposed(3, Origin.Refinement, [new(1, 1)], Loss("mul(log(f), y)")),
        new IslandEvent.Proposed(4, Origin.Point, [new(0, 7)], Loss("abs(add(y, f))")),
        new IslandEvent.Proposed(5, Origin.Crossover, [new(0, 7), new(1, 1)], Loss("tanh(add(y, f))")) { Rungs = [new(3, 0.875), new(1, null)] },
        new IslandEvent.Proposed(6, Origin.Crossover, [new(0, 7), new(1, 1)], Loss("sqrt(add(y, f))")),
        new IslandEvent.Found(5, Stage.Screen, new Finding.Screened(Gate.Passed, 256, 0.5)),
        new IslandEvent.Found(6, Stage.Screen, new Finding.Failed("out of memory", false, 1)),
        new IslandEvent.Injected(1, Loss("abs(mul(y, f))")),
    ];

    private static Expression Loss(string text) => Expression.Parse(text);

    private static object Read(string json, string manifest) => JournalSerializer.Read(Encoding.UTF8.GetBytes(json), manifest);

    private static string Text(object snapshot) => Encoding.UTF8.GetString(JournalSerializer.Write(snapshot));
}
