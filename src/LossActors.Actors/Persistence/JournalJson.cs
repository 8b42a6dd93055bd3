using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Expressions;

namespace LossActors.Actors.Persistence;

/// <summary>How journaled data looks as JSON. Part of every journal: what it wrote once it must read for ever.</summary>
public static class JournalJson
{
    /// <summary>
    /// camelCase names, enumerations by name, expressions as Polish text, candidates as <c>2:17</c>, infinities as strings; nulls are left out.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameFindings } },
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower));
        options.Converters.Add(new TextConverter<Expression>(PolishText.Write, PolishText.Read));
        options.Converters.Add(new TextConverter<CandidateId>(id => id.ToString(), CandidateId.Parse));
        options.Converters.Add(new TextConverter<UInt128>(
            n => n.ToString("x32", null),
            text => UInt128.Parse(text, System.Globalization.NumberStyles.HexNumber, provider: null)));
        options.MakeReadOnly();
        return options;
    }

    // Findings are told apart by a word of ours, not by a type's name.
    private static void NameFindings(JsonTypeInfo info)
    {
        if (info.Type != typeof(Finding))
        {
            return;
        }

        info.PolymorphismOptions = new JsonPolymorphismOptions
        {
            TypeDiscriminatorPropertyName = "found",
            DerivedTypes =
            {
                new JsonDerivedType(typeof(Finding.Screened), "screened"),
                new JsonDerivedType(typeof(Finding.Trained), "trained"),
                new JsonDerivedType(typeof(Finding.Refined), "refined"),
                new JsonDerivedType(typeof(Finding.Failed), "failed"),
            },
        };
    }

    private sealed class TextConverter<T>(Func<T, string> write, Func<string, T> read) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            read(reader.GetString() ?? throw new JsonException($"a {typeof(T).Name} is missing"));

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
    }
}
