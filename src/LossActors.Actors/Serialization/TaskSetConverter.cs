using System.Text.Json;
using System.Text.Json.Serialization;
using LossActors.Evolution.Evaluation;

namespace LossActors.Actors.Serialization;

/// <summary>Tasks as a list of their numbers; empty: all.</summary>
internal sealed class TaskSetConverter : JsonConverter<TaskSet>
{
    /// <inheritdoc/>
    public override TaskSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return TaskSet.Of(JsonSerializer.Deserialize<int[]>(ref reader, options) ?? []);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new JsonException("no number of a task", e);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TaskSet value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.Numbers, options);
}
