using System.Buffers;
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
        ["run-learned-v1"] = typeof(RunEvent.Learned),
        ["run-finals-v1"] = typeof(RunEvent.FinalsBegan),
        ["run-measured-v1"] = typeof(RunEvent.ReplicatesMeasured),
        ["run-paused-v1"] = typeof(RunEvent.Paused),
        ["run-resumed-v1"] = typeof(RunEvent.Resumed),
        ["run-stopping-v1"] = typeof(RunEvent.Stopping),
        ["run-amended-v1"] = typeof(RunEvent.Amended),
        ["run-injected-v1"] = typeof(RunEvent.Injected),
        ["run-closed-v1"] = typeof(RunEvent.IslandClosed),
        ["run-completed-v1"] = typeof(RunEvent.Completed),
        ["run-cancelled-v1"] = typeof(RunEvent.Cancelled),
        ["run-failed-v1"] = typeof(RunEvent.Failed),
        ["island-granted-v1"] = typeof(IslandEvent.BudgetGranted),
        ["island-withdrawn-v1"] = typeof(IslandEvent.BudgetWithdrawn),
        ["island-proposed-v1"] = typeof(IslandEvent.Proposed),
        ["island-found-v1"] = typeof(IslandEvent.Found),
        ["island-judged-v1"] = typeof(IslandEvent.Judged),
        ["island-emigrated-v1"] = typeof(IslandEvent.Emigrated),
        ["island-received-v1"] = typeof(IslandEvent.MigrantsReceived),
        ["island-admitted-v1"] = typeof(IslandEvent.MigrantsAdmitted),
        ["island-reset-v1"] = typeof(IslandEvent.PopulationReset),
        ["island-stagnated-v1"] = typeof(IslandEvent.Stagnated),
        ["island-amended-v1"] = typeof(IslandEvent.Amended),
        ["island-injected-v1"] = typeof(IslandEvent.Injected),
        ["island-settled-v1"] = typeof(IslandEvent.Settled),
        ["island-events-v1"] = typeof(JournaledIslandEvents),
        ["canary-v1"] = typeof(Canary.Sang),
        ["run-state-v3"] = typeof(RunSnapshot),
        ["island-state-v5"] = typeof(IslandSnapshot),
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

    internal static byte[] Write(object o)
    {
        if (o is not (JournaledIslandEvent or JournaledIslandEvents))
        {
            return JsonSerializer.SerializeToUtf8Bytes(o, o.GetType(), WireJson.Options);
        }

        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = WireJson.Options.Encoder, SkipValidation = true }))
        {
            if (o is JournaledIslandEvents row)
            {
                IslandRows.Write(json, row, ManifestOf);
            }
            else
            {
                IslandRows.Write(json, (JournaledIslandEvent)o);
            }
        }

        return bytes.WrittenSpan.ToArray();
    }

    internal static object Read(ReadOnlySpan<byte> bytes, string manifest)
    {
        var type = TypeOf(manifest);
        if (type == typeof(JournaledIslandEvents))
        {
            return IslandRows.ReadMany(bytes, TypeOf);
        }

        return typeof(IslandEvent).IsAssignableFrom(type) ? IslandRows.ReadOne(bytes, type) : JsonSerializer.Deserialize(bytes, type, WireJson.Options)!;
    }

    private static Type TypeOf(string manifest) => s_types.TryGetValue(manifest, out var type)
        ? type
        : throw new NotSupportedException($"The journal holds a '{manifest}', which this version does not know: it was written by a newer one.");
}
