using System.Collections.Frozen;
using System.Text.Json;
using Akka.Actor;
using Akka.Serialization;
using LossActors.Actors.Islands;
using LossActors.Actors.Runs;
using LossActors.Actors.Serialization;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Snapshots;

namespace LossActors.Actors.Persistence;

/// <summary>
/// Writes journaled events and snapshots as JSON under versioned manifests. A manifest never changes its meaning: a changed event gets a new one, and the old
/// one stays readable. (That of a snapshot need not: it is then passed over for the events.)
/// </summary>
public sealed class JournalSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>The identifier in every journal row.</summary>
    public const int Id = 7102;

    private static readonly FrozenDictionary<string, Type> s_types = new Dictionary<string, Type>
    {
        ["run-started-v1"] = typeof(RunEvent.Started),
        ["run-epoch-v1"] = typeof(RunEvent.EpochStarted),
        ["run-raised-v1"] = typeof(RunEvent.BudgetRaised),
        ["run-granted-v1"] = typeof(RunEvent.BudgetGranted),
        ["run-baseline-v1"] = typeof(RunEvent.BaselineMeasured),
        ["run-finals-v1"] = typeof(RunEvent.FinalsBegan),
        ["run-measured-v1"] = typeof(RunEvent.ReplicatesMeasured),
        ["run-paused-v1"] = typeof(RunEvent.Paused),
        ["run-resumed-v1"] = typeof(RunEvent.Resumed),
        ["run-stopping-v1"] = typeof(RunEvent.Stopping),
        ["run-completed-v1"] = typeof(RunEvent.Completed),
        ["run-cancelled-v1"] = typeof(RunEvent.Cancelled),
        ["run-failed-v1"] = typeof(RunEvent.Failed),
        ["island-granted-v1"] = typeof(IslandEvent.BudgetGranted),
        ["island-withdrawn-v1"] = typeof(IslandEvent.BudgetWithdrawn),
        ["island-proposed-v1"] = typeof(IslandEvent.Proposed),
        ["island-found-v1"] = typeof(IslandEvent.Found),
        ["island-judged-v1"] = typeof(IslandEvent.Judged),
        ["island-emigrated-v1"] = typeof(IslandEvent.Emigrated),
        ["island-admitted-v1"] = typeof(IslandEvent.MigrantsAdmitted),
        ["canary-v1"] = typeof(Canary.Sang),
        ["run-state-v1"] = typeof(RunSnapshot),
        ["island-state-v2"] = typeof(IslandSnapshot),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> s_manifests = s_types.ToFrozenDictionary(p => p.Value, p => p.Key);

    /// <summary>Every manifest that can be written or read.</summary>
    public static IReadOnlyCollection<string> Manifests => s_types.Keys;

    /// <inheritdoc/>
    public override int Identifier => Id;

    /// <inheritdoc/>
    public override string Manifest(object o) => ManifestOf(o);

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => Write(obj);

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => Read(bytes, manifest);

    internal static string ManifestOf(object o) =>
        s_manifests.TryGetValue(o is JournaledIslandEvent e ? e.Event.GetType() : o.GetType(), out var manifest)
            ? manifest
            : throw new ArgumentException($"{o.GetType()} is not part of the journal.", nameof(o));

    internal static byte[] Write(object o) => o is JournaledIslandEvent e
        ? JsonSerializer.SerializeToUtf8Bytes(
            new Enveloped(e.At, e.Worker, JsonSerializer.SerializeToElement(e.Event, e.Event.GetType(), WireJson.Options)),
            WireJson.Options)
        : JsonSerializer.SerializeToUtf8Bytes(o, o.GetType(), WireJson.Options);

    internal static object Read(ReadOnlySpan<byte> bytes, string manifest)
    {
        if (!s_types.TryGetValue(manifest, out var type))
        {
            throw new NotSupportedException($"The journal holds a '{manifest}', which this version does not know: it was written by a newer one.");
        }

        if (!typeof(IslandEvent).IsAssignableFrom(type))
        {
            return JsonSerializer.Deserialize(bytes, type, WireJson.Options)!;
        }

        var envelope = JsonSerializer.Deserialize<Enveloped>(bytes, WireJson.Options)!;
        return new JournaledIslandEvent(envelope.At, envelope.Worker, (IslandEvent)envelope.Event.Deserialize(type, WireJson.Options)!);
    }

    private sealed record Enveloped(DateTimeOffset At, string? Worker, JsonElement Event);
}
