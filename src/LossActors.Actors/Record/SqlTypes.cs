using System.Collections.Immutable;
using System.Data;
using System.Globalization;
using System.Text.Json;
using Dapper;
using LossActors.Actors.Serialization;

namespace LossActors.Actors.Record;

/// <summary>How the record's tables keep what SQLite has no type for: times as ISO 8601 text (which sorts), lists as JSON, weights of neural losses in base 64.</summary>
internal static class SqlTypes
{
    private static readonly Lazy<bool> s_registered = new(() =>
    {
        // Dapper has a map of its own for times, which would go before the handler.
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.AddTypeHandler(new TimeHandler());
        SqlMapper.AddTypeHandler(new WeightsHandler());
        SqlMapper.AddTypeHandler(new ListHandler<string>());
        return true;
    });

    public static void Register() => _ = s_registered.Value;

    /// <summary>A time as text.</summary>
    public static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The time of a text.</summary>
    public static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private sealed class TimeHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) => Time((string)value);

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = Text(value);
    }

    // A neural loss has too many for JSON.
    private sealed class WeightsHandler : SqlMapper.TypeHandler<ImmutableArray<double>>
    {
        public override ImmutableArray<double> Parse(object value) =>
            value is string and not ['[', ..] ? NeuralLossText.Parse((string)value) : JsonSerializer.Deserialize<ImmutableArray<double>>((string)value, WireJson.Options);

        public override void SetValue(IDbDataParameter parameter, ImmutableArray<double> value) =>
            parameter.Value = JsonSerializer.Serialize(value.IsDefault ? [] : value, WireJson.Options);
    }

    private sealed class ListHandler<T> : SqlMapper.TypeHandler<ImmutableArray<T>>
    {
        public override ImmutableArray<T> Parse(object value) => JsonSerializer.Deserialize<ImmutableArray<T>>((string)value, WireJson.Options);

        public override void SetValue(IDbDataParameter parameter, ImmutableArray<T> value) =>
            parameter.Value = JsonSerializer.Serialize(value.IsDefault ? [] : value, WireJson.Options);
    }
}
