using System.Text.Json;
using System.Text.Json.Serialization;

namespace LossActors.Actors.Serialization;

/// <summary>A value that is one short JSON string, and a property name where it is a dictionary's key.</summary>
internal abstract class TextConverter<T> : JsonConverter<T>
    where T : notnull
{
    public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? ParseOrThrow(reader.GetString()!)
            : throw new JsonException($"A string was expected for {typeof(T).Name}.");

    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Print(value));

    public sealed override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ParseOrThrow(reader.GetString()!);

    public sealed override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(Print(value));

    protected abstract string Print(T value);

    /// <summary>Reads what <see cref="Print"/> wrote.</summary>
    protected abstract T Parse(string text);

    private T ParseOrThrow(string text)
    {
        try
        {
            return Parse(text);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            throw new JsonException($"'{(text.Length > 80 ? text[..80] + "…" : text)}' is no {typeof(T).Name}: {e.Message}", e);
        }
    }
}
