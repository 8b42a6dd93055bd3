using System.Text.Json;
using CsCheck;
using LossActors.Actors.Islands;
using LossActors.Actors.Persistence;
using LossActors.Actors.Serialization;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Snapshots;
using LossActors.Evolution.Tests.Simulation;
using LossActors.Evolution.Topologies;
using Xunit;

namespace LossActors.Actors.Tests.Persistence;

public sealed class SnapshotDecisionsTests
{
    private static readonly Gen<IslandSettings> s_settings =
        from strict in Gen.Bool
        from window in Gen.Int[1, 9]
        from population in Gen.Int[3, 12]
        from schedule in Gen.Enum<Schedule>()
        from refinement in Gen.Enum<RefinementPolicy>()
        from interval in Gen.Int[0, 15]
        from seed in Gen.ULong
        from racing in Gen.Bool
        select new IslandSettings
        {
            Seed = seed, Strict = strict, Window = window, Population = population, Schedule = schedule, Refinement = refinement,
            MigrationInterval = interval, MigrationSize = 2, EliteFraction = 0.3, Racing = new() { Enabled = racing, WarmUp = 3, Spared = 0.1 },
        };

    [Fact]
    public void AStateOutOfASnapshotDecidesWhatTheStateItselfDecides() =>
        Gen.Select(s_settings, Gen.Int[1, 3], Gen.Int[1, 60], Gen.Int).Sample((settings, islands, births, seed) =>
        {
            new Archipelago(Founders.Of(islands, Topology.Ring, settings), births, new HashOracle(), seed) { Watch = AssertTwinsAgree }.Run();
        }, iter: 60);

    [Fact]
    public void IslandsThatGoOnFromSnapshotsDecideWhatTheyWouldHaveDecided() =>
        Gen.Select(s_settings, Gen.Int[1, 3], Gen.Int[1, 60], Gen.Int, Gen.Int).Sample((settings, islands, births, one, other) =>
        {
            var founders = Founders.Of(islands, Topology.Ring, settings with { Strict = true });
            var calm = new Archipelago(founders, births, new HashOracle(), one).Run();
            var stormy = new Archipelago(founders, births, new HashOracle(), other) { CrashRate = 0.2, Snapshot = ThroughBytes }.Run();
            for (var i = 0; i < islands; i++)
            {
                Assert.True(stormy.States[i].IsFinished);
                Assert.Equal(Decisions(calm.Journals[i]), Decisions(stormy.Journals[i]));
            }
        }, iter: 60);

    private static void AssertTwinsAgree(IslandState state, IslandCommand command)
    {
        var twin = ThroughBytes(state);
        Assert.Equal(Bytes(state), Bytes(twin));
        Assert.Equal(Text(Island.Decide(state, command)), Text(Island.Decide(twin, command)));
        Assert.Equal(Text(Island.Outstanding(state)), Text(Island.Outstanding(twin)));
        Assert.Equal(Island.GrantNeeded(state), Island.GrantNeeded(twin));
        Assert.Equal(Island.PullsNeeded(state), Island.PullsNeeded(twin));
        Assert.Equal(state.Hall.Finalists(10), twin.Hall.Finalists(10));
        for (var epoch = 0; epoch <= state.Epoch; epoch++)
        {
            Assert.Equal(Island.Emigrants(state, epoch), Island.Emigrants(twin, epoch));
        }
    }

    private static IslandState ThroughBytes(IslandState state) =>
        ((IslandSnapshot)JournalSerializer.Read(JournalSerializer.Write(IslandSnapshot.Of(state)), "island-state-v3")).Restore(state.Settings);

    private static byte[] Bytes(IslandState state) => JournalSerializer.Write(IslandSnapshot.Of(state));

    // What was told, when, depends on the storm; what was decided does not.
    private static string Decisions(IEnumerable<IslandEvent> journal) => Text(journal.Where(e => e is not (IslandEvent.Found or IslandEvent.BudgetGranted)));

    // Records with arrays in them do not compare by value.
    private static string Text(IEnumerable<Assignment> assignments) => JsonSerializer.Serialize(assignments, WireJson.Options);

    private static string Text(IEnumerable<IslandEvent> events) => string.Join(
        '\n', events.Select(e => System.Text.Encoding.UTF8.GetString(JournalSerializer.Write(new JournaledIslandEvent(default, null, e)))));
}
