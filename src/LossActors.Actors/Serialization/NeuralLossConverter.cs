using System.Text.Json;
using System.Text.Json.Serialization;
using LossActors.Learning.Losses.Neural;

namespace LossActors.Actors.Serialization;

/// <summary>A neural loss as its parameters in base 64; see <see cref="NeuralLossText"/>.</summary>
internal sealed class NeuralLossConverter : JsonConverter<NeuralLoss>
{
    public override NeuralLoss Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return new NeuralLoss(NeuralLossText.Parse(reader.GetString() ?? ""));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new JsonException($"No neural loss: {e.Message}", e);
        }
    }

    public override void Write(Utf8JsonWriter writer, NeuralLoss value, JsonSerializerOptions options) => writer.WriteStringValue(NeuralLossText.Of(value));
}
