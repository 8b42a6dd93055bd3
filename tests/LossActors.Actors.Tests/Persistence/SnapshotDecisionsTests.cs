using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;
using LossActors.Actors.Islands;
using LossActors.Actors.Persistence;
using LossActors.Actors.Serialization;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Snapshots;
using LossActors.Evolution.Tests.Simulation;
using Xunit;

namespace LossActors.Actors.Tests.Persistence;

public sealed class SnapshotDecisionsTests
{
    [Fact]
    public void AStateOutOfASnapshotDecidesWhatTheStateItselfDecides() =>
        Gen.Select(Worlds.Strict, Gen.Bool, Gen.Int).Sample((world, strict, seed) =>
        {
            ImmutableArray<IslandSettings> islands = [.. world.Islands.Select(i => i with { Strict = strict })];
            new Archipelago(islands, world.Births, new HashOracle(), seed) { Watch = AssertTwinsAgree }.Run();
        }, iter: 60);

    [Fact]
    public void IslandsThatGoOnFromSnapshotsDecideWhatTheyWouldHaveDecided() =>
        Gen.Select(Worlds.Strict, Gen.Int, Gen.Int).Sample((world, one, other) =>
        {
            var calm = new Archipelago(world.Islands, world.Births, new HashOracle(), one).Run();
            var stormy = new Archipelago(world.Islands, world.Births, new HashOracle(), other) { CrashRate = 0.2, Snapshot = ThroughBytes }.Run();
            for (var i = 0; i < world.Islands.Length; i++)
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
            for (var puller = 0; puller < 5; puller++)
            {
                Assert.Equal(Island.Emigrants(state, epoch, puller), Island.Emigrants(twin, epoch, puller));
            }
        }
    }

    private static IslandState ThroughBytes(IslandState state) =>
        ((IslandSnapshot)JournalSerializer.Read(JournalSerializer.Write(IslandSnapshot.Of(state)), "island-state-v5")).Restore(state.Settings);

    private static byte[] Bytes(IslandState state) => JournalSerializer.Write(IslandSnapshot.Of(state));

    // What was told, when, depends on the storm; what was decided does not.
    private static string Decisions(IEnumerable<IslandEvent> journal) => Text(journal.Where(e => e is not (IslandEvent.Found or IslandEvent.BudgetGranted)));

    // Records with arrays in them do not compare by value.
    private static string Text(IEnumerable<Assignment> assignments) => JsonSerializer.Serialize(assignments, WireJson.Options);

    private static string Text(IEnumerable<IslandEvent> events) => string.Join(
        '\n', events.Select(e => System.Text.Encoding.UTF8.GetString(JournalSerializer.Write(new JournaledIslandEvent(default, null, e)))));
}
