using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using LossActors.Actors.Islands;
using LossActors.Actors.Serialization;
using LossActors.Evolution.Islands;

namespace LossActors.Actors.Persistence;

/// <summary>
/// Rows of an island's journal as JSON: of one event <c>{"at":…,"worker":…,"event":{…}}</c>, whose manifest is that of the row; of many
/// <c>{"at":…,"events":[{"manifest":…,"worker":…,"event":{…}},…]}</c>, each with its own, and a worker only where there is one.
/// </summary>
internal static class IslandRows
{
    public static void Write(Utf8JsonWriter json, JournaledIslandEvent one)
    {
        json.WriteStartObject();
        json.WriteString("at", one.At);
        json.WriteString("worker", one.Worker);
        WriteEvent(json, one.Event);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, JournaledIslandEvents many, Func<object, string> manifestOf)
    {
        json.WriteStartObject();
        json.WriteString("at", many.Events[0].At);
        json.WriteStartArray("events");
        foreach (var one in many.Events)
        {
            json.WriteStartObject();
            json.WriteString("manifest", manifestOf(one));
            if (one.Worker is not null)
            {
                json.WriteString("worker", one.Worker);
            }

            WriteEvent(json, one.Event);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static JournaledIslandEvent ReadOne(ReadOnlySpan<byte> bytes, Type type)
    {
        var envelope = JsonSerializer.Deserialize<One>(bytes, WireJson.Options)!;
        return new(envelope.At, envelope.Worker, (IslandEvent)envelope.Event.Deserialize(type, WireJson.Options)!);
    }

    public static JournaledIslandEvents ReadMany(ReadOnlySpan<byte> bytes, Func<string, Type> typeOf)
    {
        var reader = new Utf8JsonReader(bytes);
        Expect(ref reader, JsonTokenType.StartObject);
        Name(ref reader, "at"u8);
        reader.Read();
        var at = reader.GetDateTimeOffset();
        Name(ref reader, "events"u8);
        Expect(ref reader, JsonTokenType.StartArray);
        var events = ImmutableArray.CreateBuilder<JournaledIslandEvent>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            Name(ref reader, "manifest"u8);
            reader.Read();
            var type = typeOf(reader.GetString()!);
            string? worker = null;
            if (IsName(ref reader, "worker"u8))
            {
                reader.Read();
                worker = reader.GetString();
                reader.Read();
            }

            Check(reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("event"u8), "event");
            events.Add(new(at, worker, (IslandEvent)JsonSerializer.Deserialize(ref reader, type, WireJson.Options)!));
            Expect(ref reader, JsonTokenType.EndObject);
        }

        Expect(ref reader, JsonTokenType.EndObject);
        return new(events.DrainToImmutable());
    }

    private static void WriteEvent(Utf8JsonWriter json, IslandEvent happened)
    {
        json.WritePropertyName("event");
        JsonSerializer.Serialize(json, happened, happened.GetType(), WireJson.Options);
    }

    private static void Name(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => Check(IsName(ref reader, name), Encoding.UTF8.GetString(name));

    private static bool IsName(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(name);

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token) => Check(reader.Read() && reader.TokenType == token, token.ToString());

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new JsonException($"A row of island events lacks {what}.");
        }
    }

    private sealed record One(DateTimeOffset At, string? Worker, JsonElement Event);
}
