using System.Text.Json;
using LossActors.Expressions;
using LossActors.Expressions.Parsing;

namespace LossActors.Learning.Verification;

/// <summary>One line of a golden file, read with errors that name the line and the key.</summary>
internal sealed class GoldenRow(string file, int line, JsonElement json)
{
    /// <summary>The line, from 1.</summary>
    public int Line => line;

    /// <summary>Whether a key is there.</summary>
    public bool Has(string key) => json.TryGetProperty(key, out _);

    /// <summary>The expression with its weights: keys <c>expr</c> and <c>w</c>.</summary>
    public Expression Expression()
    {
        var text = Text("expr");
        Expression expression;
        try
        {
            expression = Expressions.Expression.Parse(text);
        }
        catch (ExpressionFormatException e)
        {
            throw Bad($"\"expr\" is no expression: {e.Message}");
        }

        var weights = Numbers("w");
        return weights.Length == expression.Count
            ? expression.WithWeights(weights)
            : throw Bad($"\"w\" has {weights.Length} numbers, but \"expr\" has {expression.Count} nodes");
    }

    /// <summary>A string.</summary>
    public string Text(string key) => Get(key) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : throw Bad($"\"{key}\" is no string");

    /// <summary>A number.</summary>
    public double Number(string key) => Number(Get(key), key);

    /// <summary>A list of numbers.</summary>
    public double[] Numbers(string key) => Flat(Get(key), key);

    /// <summary>A list of lists.</summary>
    public JsonElement[] List(string key) => [.. Items(Get(key), key)];

    /// <summary>An object within.</summary>
    public GoldenRow Object(string key) => Get(key) is { ValueKind: JsonValueKind.Object } value ? new GoldenRow(file, line, value) : throw Bad($"\"{key}\" is no object");

    /// <summary>A truth value.</summary>
    public bool Flag(string key) => Get(key).ValueKind is JsonValueKind.True or JsonValueKind.False ? Get(key).GetBoolean() : throw Bad($"\"{key}\" is neither true nor false");

    /// <summary>All numbers of nested lists, in order.</summary>
    public double[] Flat(JsonElement value, string key) =>
        [.. Items(value, key).SelectMany(item => item.ValueKind == JsonValueKind.Array ? Flat(item, key) : [Number(item, key)])];

    /// <summary>An error at this line.</summary>
    public VerificationException Bad(string what) => new($"{file}, line {line}: {what}.");

    private JsonElement Get(string key) => json.TryGetProperty(key, out var value) ? value : throw Bad($"the key \"{key}\" is missing");

    private JsonElement.ArrayEnumerator Items(JsonElement value, string key) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw Bad($"\"{key}\" is no list");

    private double Number(JsonElement value, string key) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String when value.GetString() is "NaN" or "Infinity" or "-Infinity" => double.Parse(
            value.GetString()!, System.Globalization.CultureInfo.InvariantCulture),
        _ => throw Bad($"\"{key}\" holds {value.ValueKind}, not numbers"),
    };
}
