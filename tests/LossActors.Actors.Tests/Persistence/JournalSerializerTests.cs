using System.Collections.Immutable;
using System.Text;
using LossActors.Actors.Experiments;
using LossActors.Actors.Islands;
using LossActors.Actors.Persistence;
using LossActors.Actors.Runs;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Expressions;
using Xunit;

namespace LossActors.Actors.Tests.Persistence;

public sealed class JournalSerializerTests
{
    private static readonly DateTimeOffset s_at = new(2026, 11, 23, 16, 0, 0, TimeSpan.Zero);
    private static readonly Expression s_loss = new([new(Primitive.Mul), new(Primitive.Log, 0.98), new(Primitive.F), new(Primitive.Y)]);
    private static readonly Individual s_individual = new(new(2, 17), s_loss, 0.25);

    /// <summary>One of each, with the bytes that a journal may hold for ever: a changed line here means that old runs can no longer be resumed.</summary>
    public static TheoryData<object, string, string> Golden => new()
    {
        { new RunEvent.EpochStarted(s_at, 2, 4711), "run-epoch-v1", """{"epoch":2,"pid":4711,"at":"2026-11-23T16:00:00+00:00"}""" },
        { new RunEvent.BudgetRaised(s_at, 900, TimeSpan.FromMinutes(10)), "run-raised-v1", """{"evaluations":900,"time":"00:10:00","at":"2026-11-23T16:00:00+00:00"}""" },
        { new RunEvent.BudgetGranted(s_at, 1, 2, 6), "run-granted-v1", """{"island":1,"number":2,"births":6,"at":"2026-11-23T16:00:00+00:00"}""" },
        { new RunEvent.BaselineMeasured(s_at, 1, 0.1, 1, [0.5, 0.25], 3), "run-baseline-v1", """{"index":1,"learningRate":0.1,"firstReplicate":1,"fitness":[0.5,0.25],"seconds":3,"at":"2026-11-23T16:00:00+00:00"}""" },
        { new RunEvent.FinalsBegan(s_at, [s_individual], [20, 21]), "run-finals-v1", """{"finalists":[{"id":"2:17","expression":"mul(0.98*log(f), y)","fitness":0.25}],"births":[20,21],"at":"2026-11-23T16:00:00+00:00"}""" },
        { new RunEvent.ReplicatesMeasured(s_at, new(2, 17), 1, [0.5], 3), "run-measured-v1", """{"candidate":"2:17","firstReplicate":1,"fitness":[0.5],"seconds":3,"at":"2026-11-23T16:00:00+00:00"}""" },
        { new RunEvent.Learned(s_at, new(0, 3), new Finding.Failed("the first meta-gradient is not finite", Poisonous: false, 2) { TrainedSteps = 20 }, "pid 1"), "run-learned-v1", """{"candidate":"0:3","finding":{"$":"failed.1","reason":"the first meta-gradient is not finite","poisonous":false,"trainedSteps":20,"seconds":2},"worker":"pid 1","at":"2026-11-23T16:00:00+00:00"}""" },
        { new RunEvent.Completed(s_at, []) { Networks = [new(1, new(0, 3), [0.5])] }, "run-completed-v1", """{"hallOfFame":[],"networks":[{"rank":1,"candidate":"0:3","replicates":[0.5]}],"at":"2026-11-23T16:00:00+00:00"}""" },
        { new RunEvent.ReplicatesMeasured(s_at, new(2, 17), 1, [0.5], 3) { TaskErrors = [0.25, 0.75], HorizonErrors = [0.5, 0.25] }, "run-measured-v1", """{"candidate":"2:17","firstReplicate":1,"fitness":[0.5],"seconds":3,"taskErrors":[0.25,0.75],"horizonErrors":[0.5,0.25],"at":"2026-11-23T16:00:00+00:00"}""" },
        { new RunEvent.Paused(s_at), "run-paused-v1", """{"at":"2026-11-23T16:00:00+00:00"}""" },
        { new RunEvent.Resumed(s_at), "run-resumed-v1", """{"at":"2026-11-23T16:00:00+00:00"}""" },
        { new RunEvent.Stopping(s_at, "enough"), "run-stopping-v1", """{"reason":"enough","at":"2026-11-23T16:00:00+00:00"}""" },
        { new RunEvent.Completed(s_at, [new RankedLoss(1, s_individual, [0.5])]), "run-completed-v1", """{"hallOfFame":[{"rank":1,"individual":{"id":"2:17","expression":"mul(0.98*log(f), y)","fitness":0.25},"replicates":[0.5]}],"at":"2026-11-23T16:00:00+00:00"}""" },
        { new RunEvent.Cancelled(s_at), "run-cancelled-v1", """{"at":"2026-11-23T16:00:00+00:00"}""" },
        { new RunEvent.Failed(s_at, "no device"), "run-failed-v1", """{"reason":"no device","at":"2026-11-23T16:00:00+00:00"}""" },
        { Island(new IslandEvent.BudgetGranted(1, 6)), "island-granted-v1", """{"at":"2026-11-23T16:00:00+00:00","worker":null,"event":{"number":1,"births":6}}""" },
        { Island(new IslandEvent.BudgetWithdrawn(4)), "island-withdrawn-v1", """{"at":"2026-11-23T16:00:00+00:00","worker":null,"event":{"births":4}}""" },
        { Island(new IslandEvent.Proposed(3, Origin.Crossover, [new(0, 1), new(0, 2)], s_loss)), "island-proposed-v1", """{"at":"2026-11-23T16:00:00+00:00","worker":null,"event":{"birth":3,"origin":"Crossover","parents":["0:1","0:2"],"expression":"mul(0.98*log(f), y)"}}""" },
        { Island(new IslandEvent.Proposed(3, Origin.Initial, [], s_loss) { Rungs = [new(3, 0.5), new(1, null)] }), "island-proposed-v1", """{"at":"2026-11-23T16:00:00+00:00","worker":null,"event":{"birth":3,"origin":"Initial","parents":[],"expression":"mul(0.98*log(f), y)","rungs":[{"divisor":3,"bar":0.5},{"divisor":1,"bar":null}]}}""" },
        { Island(new IslandEvent.Found(3, Stage.Train, new Finding.Trained([], 50, false, 0.5) { Curve = [0.75], SavedSteps = 100 }), "pid 1"), "island-found-v1", """{"at":"2026-11-23T16:00:00+00:00","worker":"pid 1","event":{"birth":3,"stage":"Train","finding":{"$":"trained.1","replicates":[],"steps":50,"diverged":false,"curve":[0.75],"savedSteps":100,"seconds":0.5}}}""" },
        { Island(new IslandEvent.Judged(new Judgement(new(2, 17), Verdict.Stopped, 0.75, [], 50, null, 1, 2, null, 50, 100))), "island-judged-v1", """{"at":"2026-11-23T16:00:00+00:00","worker":null,"event":{"judgement":{"candidate":"2:17","verdict":"Stopped","fitness":0.75,"replicates":[],"trainedSteps":50,"sameAs":null,"seconds":1,"savedSeconds":2,"reason":null,"stoppedAt":50,"savedSteps":100}}}""" },
        { Island(new IslandEvent.Found(3, Stage.Screen, new Finding.Screened(Gate.Passed, 255, 0.5)), "pid 1"), "island-found-v1", """{"at":"2026-11-23T16:00:00+00:00","worker":"pid 1","event":{"birth":3,"stage":"Screen","finding":{"$":"screened.1","gate":"Passed","fingerprint":"000000000000000000000000000000ff","seconds":0.5}}}""" },
        { Island(new IslandEvent.Judged(new Judgement(new(2, 17), Verdict.Rejected, double.PositiveInfinity, [], 0, null, 1, 2, null))), "island-judged-v1", """{"at":"2026-11-23T16:00:00+00:00","worker":null,"event":{"judgement":{"candidate":"2:17","verdict":"Rejected","fitness":"Infinity","replicates":[],"trainedSteps":0,"sameAs":null,"seconds":1,"savedSeconds":2,"reason":null}}}""" },
        { Island(new IslandEvent.Emigrated(1, [s_individual])), "island-emigrated-v1", """{"at":"2026-11-23T16:00:00+00:00","worker":null,"event":{"epoch":1,"migrants":[{"id":"2:17","expression":"mul(0.98*log(f), y)","fitness":0.25}]}}""" },
        { Island(new IslandEvent.Emigrated(1, [s_individual]) { Unused = [3], Destinations = [4] }), "island-emigrated-v1", """{"at":"2026-11-23T16:00:00+00:00","worker":null,"event":{"epoch":1,"migrants":[{"id":"2:17","expression":"mul(0.98*log(f), y)","fitness":0.25}],"unused":[3],"destinations":[4]}}""" },
        { Island(new IslandEvent.MigrantsReceived(1, 2, [s_individual])), "island-received-v1", """{"at":"2026-11-23T16:00:00+00:00","worker":null,"event":{"epoch":1,"from":2,"migrants":[{"id":"2:17","expression":"mul(0.98*log(f), y)","fitness":0.25}]}}""" },
        { Island(new IslandEvent.PopulationReset(60, [new(2, 17)])), "island-reset-v1", """{"at":"2026-11-23T16:00:00+00:00","worker":null,"event":{"atBirth":60,"kept":["2:17"]}}""" },
        { Island(new IslandEvent.MigrantsAdmitted(1, 2, 26, [s_individual])), "island-admitted-v1", """{"at":"2026-11-23T16:00:00+00:00","worker":null,"event":{"epoch":1,"from":2,"atBirth":26,"accepted":[{"id":"2:17","expression":"mul(0.98*log(f), y)","fitness":0.25}]}}""" },
        { Island(new IslandEvent.MigrantsAdmitted(1, 2, 26, [s_individual with { Inherited = Expression.Parse("mul(log(f), y)") }])), "island-admitted-v1", """{"at":"2026-11-23T16:00:00+00:00","worker":null,"event":{"epoch":1,"from":2,"atBirth":26,"accepted":[{"id":"2:17","expression":"mul(0.98*log(f), y)","fitness":0.25,"inherited":"mul(log(f), y)"}]}}""" },
        { new JournaledIslandEvents([Island(new IslandEvent.Found(3, Stage.Screen, new Finding.Screened(Gate.Rejected, 0, 0.5)), "pid 1"), Island(new IslandEvent.BudgetGranted(2, 6))]), "island-events-v1", """{"at":"2026-11-23T16:00:00+00:00","events":[{"manifest":"island-found-v1","worker":"pid 1","event":{"birth":3,"stage":"Screen","finding":{"$":"screened.1","gate":"Rejected","fingerprint":"00000000000000000000000000000000","seconds":0.5}}},{"manifest":"island-granted-v1","event":{"number":2,"births":6}}]}""" },
        { new RunEvent.Injected(s_at, 2, "ask", "inject log(f)*y into island 1", 1, 1, s_loss), "run-injected-v1", """{"number":2,"request":"ask","description":"inject log(f)*y into island 1","island":1,"injection":1,"expression":"mul(0.98*log(f), y)","at":"2026-11-23T16:00:00+00:00"}""" },
        { new RunEvent.IslandClosed(s_at, 1, 40), "run-closed-v1", """{"island":1,"births":40,"at":"2026-11-23T16:00:00+00:00"}""" },
        { Island(new IslandEvent.Stagnated(120)), "island-stagnated-v1", """{"at":"2026-11-23T16:00:00+00:00","worker":null,"event":{"atBirth":120}}""" },
        { Island(new IslandEvent.Injected(1, s_loss)), "island-injected-v1", """{"at":"2026-11-23T16:00:00+00:00","worker":null,"event":{"number":1,"expression":"mul(0.98*log(f), y)"}}""" },
        { Island(new IslandEvent.Settled(2, [s_individual])), "island-settled-v1", """{"at":"2026-11-23T16:00:00+00:00","worker":null,"event":{"from":2,"members":[{"id":"2:17","expression":"mul(0.98*log(f), y)","fitness":0.25}]}}""" },
        { new Canary.Sang(3), "canary-v1", """{"times":3}""" },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void TheBytesOfAnEventNeverChange(object happened, string manifest, string json)
    {
        Assert.Equal(manifest, JournalSerializer.ManifestOf(happened));
        Assert.Equal(json, Encoding.UTF8.GetString(JournalSerializer.Write(happened)));
        Assert.Equal(json, Encoding.UTF8.GetString(JournalSerializer.Write(JournalSerializer.Read(Encoding.UTF8.GetBytes(json), manifest))));
    }

    [Fact]
    public void EveryManifestHasItsGoldenBytes() =>
        Assert.Equal(JournalSerializer.Manifests.Order(), Golden.Select(row => row.Data.Item2).Distinct().Concat(WithSettings).Concat(SnapshotBytesTests.Manifests).Order());

    // Settings grow: what holds them is not compared byte by byte.
    private static readonly string[] WithSettings = ["run-started-v1", "run-amended-v1", "island-amended-v1"];

    [Fact]
    public void SettingsThatAUserChangedComeBackWhole()
    {
        var amended = new RunEvent.Amended(s_at, 1, "ask", "add island 4", new SearchSettings { Islands = 5, Added = [new(4, 2)], Paused = [1], Closed = [0] });
        var bytes = JournalSerializer.Write(amended);
        var back = Assert.IsType<RunEvent.Amended>(JournalSerializer.Read(bytes, "run-amended-v1"));
        Assert.Equal(bytes, JournalSerializer.Write(back));
        Assert.Equal([new AddedIsland(4, 2)], back.Search.Added);

        var island = Island(new IslandEvent.Amended(3, new IslandSettings { Island = 4, CloneOf = 2, IsAdded = true, Population = 7 }));
        bytes = JournalSerializer.Write(island);
        var one = Assert.IsType<JournaledIslandEvent>(JournalSerializer.Read(bytes, "island-amended-v1"));
        Assert.Equal(bytes, JournalSerializer.Write(one));
        Assert.Equal(2, Assert.IsType<IslandEvent.Amended>(one.Event).Settings.CloneOf);
    }

    [Fact]
    public void AStartedRunComesBackWithItsWholeExperiment()
    {
        var started = new RunEvent.Started(s_at, "r1", new Experiment { Name = "n" }, "hash", "mse", ImmutableSortedDictionary<string, string>.Empty.Add("a", "1"));
        var bytes = JournalSerializer.Write(started);

        var back = Assert.IsType<RunEvent.Started>(JournalSerializer.Read(bytes, "run-started-v1"));

        Assert.Equal(bytes, JournalSerializer.Write(back));
        Assert.Equal(started.Experiment.Search.Island.Variation, back.Experiment.Search.Island.Variation);
    }

    [Theory]
    [InlineData("""{"at":"2026-11-23T16:00:00+00:00","events":[{"manifest":"island-granted-v1","event":{"number":2,"births":6}}""")]
    [InlineData("""{"events":[],"at":"2026-11-23T16:00:00+00:00"}""")]
    [InlineData("""{"at":"2026-11-23T16:00:00+00:00","events":[{"manifest":"island-granted-v1"}]}""")]
    public void ARowThatIsCutOrLacksSomethingIsRefused(string json) =>
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => JournalSerializer.Read(Encoding.UTF8.GetBytes(json), "island-events-v1"));

    [Fact]
    public void AManifestOfANewerVersionIsRefusedByName() =>
        Assert.Contains("island-proposed-v2", Assert.Throws<NotSupportedException>(() => JournalSerializer.Read([], "island-proposed-v2")).Message);

    private static JournaledIslandEvent Island(IslandEvent happened, string? worker = null) => new(s_at, worker, happened);
}
