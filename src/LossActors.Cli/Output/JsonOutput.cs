using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LossActors.Cli.Output;

/// <summary>JSON as scripts get it.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions s_line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions s_indented = new(s_line) { WriteIndented = true };

    /// <summary>A document, indented.</summary>
    public static void WriteDocument(TextWriter to, JsonNode node) => to.WriteLine(node.ToJsonString(s_indented));

    /// <summary>One line of a stream, flushed at once: who reads it may act on it.</summary>
    public static void WriteLine(TextWriter to, JsonNode node)
    {
        to.WriteLine(node.ToJsonString(s_line));
        to.Flush();
    }

    /// <summary>A number; what JSON has no numbers for becomes "NaN", "Infinity" or "-Infinity".</summary>
    public static JsonNode Number(double value) => value switch
    {
        double.NaN => JsonValue.Create("NaN"),
        double.PositiveInfinity => JsonValue.Create("Infinity"),
        double.NegativeInfinity => JsonValue.Create("-Infinity"),
        _ => JsonValue.Create(value),
    };

    /// <summary>A number that may be missing.</summary>
    public static JsonNode? Number(double? value) => value is { } number ? Number(number) : null;

    /// <summary>A list of numbers.</summary>
    public static JsonArray Numbers(IEnumerable<double> values) => [.. values.Select(Number)];
}
