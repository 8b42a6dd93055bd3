using System.Text.Json;
using System.Text.Json.Serialization;
using LossActors.Expressions.Parsing;

namespace LossActors.Expressions.Printing;

/// <summary>Writes an expression to JSON as the string of its weighted function form; exact.</summary>
public sealed class ExpressionJsonConverter : JsonConverter<Expression>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The value is no string, or the string no expression.</exception>
    public override Expression Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException($"An expression is a JSON string, not {reader.TokenType}.");
        }

        return ExpressionParser.TryParse(reader.GetString(), out var expression, out var error) ? expression : throw new JsonException(error);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Expression value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(ExpressionFormatter.WeightedFunction(value));
    }
}
