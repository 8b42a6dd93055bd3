using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using LossActors.Evolution.Snapshots;

namespace LossActors.Actors.Serialization;

/// <summary>Base 64.</summary>
internal sealed class PackedConverter<T> : JsonConverter<Packed<T>>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    public override Packed<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return new(reader.GetBytesFromBase64());
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            throw new JsonException($"No column of {typeof(T).Name}: {e.Message}", e);
        }
    }

    public override void Write(Utf8JsonWriter writer, Packed<T> value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value.Bytes);
}
