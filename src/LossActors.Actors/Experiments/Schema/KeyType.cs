using System.Globalization;
using System.Text.Json.Nodes;
using LossActors.Actors.Experiments.Hocon;

namespace LossActors.Actors.Experiments.Schema;

/// <summary>What values a key takes: reads them, writes them, and says in words what is allowed.</summary>
internal abstract class KeyType
{
    /// <summary>For messages and the manual: <c>a whole number from 1 to 64</c>.</summary>
    public abstract string Allowed { get; }

    /// <summary>Whether it is a list.</summary>
    public virtual bool IsList => false;

    /// <summary>Reads a value; false if it is not allowed.</summary>
    public abstract bool TryRead(HoconValue value, out object? read);

    /// <summary>Writes a value that <see cref="TryRead"/> gave.</summary>
    public abstract JsonNode? Write(object? value);
}

/// <summary>Whole numbers in a range.</summary>
internal sealed class WholeNumber(int least, int greatest) : KeyType
{
    public override string Allowed => string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {greatest}");

    public override bool TryRead(HoconValue value, out object? read)
    {
        read = value is HoconScalar { Quoted: false } scalar
            && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= greatest ? number : null;
        return read is not null;
    }

    public override JsonNode? Write(object? value) => JsonValue.Create((int)value!);
}

/// <summary>Seeds: whole numbers of 64 bits.</summary>
internal sealed class Seed : KeyType
{
    public override string Allowed => "a whole number from 0 to 18446744073709551615";

    public override bool TryRead(HoconValue value, out object? read)
    {
        read = value is HoconScalar { Quoted: false } scalar
            && ulong.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return read is not null;
    }

    public override JsonNode? Write(object? value) => JsonValue.Create((ulong)value!);
}

/// <summary>Real numbers in a range whose ends may be excluded.</summary>
internal sealed class RealNumber(double least, double greatest, bool aboveLeast = false, bool belowGreatest = false) : KeyType
{
    public override string Allowed => string.Create(
        CultureInfo.InvariantCulture,
        $"a number {(aboveLeast ? "above" : "from")} {least} {(belowGreatest ? "and below" : "to")} {greatest}");

    public override bool TryRead(HoconValue value, out object? read)
    {
        read = value is HoconScalar { Quoted: false } scalar
            && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && (aboveLeast ? number > least : number >= least)
            && (belowGreatest ? number < greatest : number <= greatest) ? number : null;
        return read is not null;
    }

    public override JsonNode? Write(object? value) => JsonValue.Create((double)value!);
}

/// <summary>Yes or no.</summary>
internal sealed class TruthValue : KeyType
{
    public override string Allowed => "true or false";

    public override bool TryRead(HoconValue value, out object? read)
    {
        read = (value as HoconScalar)?.Text switch { "true" or "on" or "yes" => true, "false" or "off" or "no" => false, _ => null };
        return read is not null;
    }

    public override JsonNode? Write(object? value) => JsonValue.Create((bool)value!);
}

/// <summary>Text that a test accepts.</summary>
internal sealed class Words(string allowed, Func<string, bool> accepts) : KeyType
{
    public override string Allowed => allowed;

    public override bool TryRead(HoconValue value, out object? read)
    {
        read = value is HoconScalar scalar && accepts(scalar.Text) ? scalar.Text : null;
        return read is not null;
    }

    public override JsonNode? Write(object? value) => JsonValue.Create((string)value!);
}

/// <summary>One of several words, each of which stands for a value.</summary>
internal sealed class Choice<T>(params (string Word, T Value)[] choices) : KeyType
    where T : notnull
{
    public override string Allowed => "one of " + string.Join(", ", choices.Select(c => c.Word));

    public override bool TryRead(HoconValue value, out object? read)
    {
        read = null;
        foreach (var (word, meaning) in choices)
        {
            if (value is HoconScalar scalar && scalar.Text == word)
            {
                read = meaning;
            }
        }

        return read is not null;
    }

    public override JsonNode? Write(object? value) => JsonValue.Create(choices.First(c => c.Value.Equals(value)).Word);
}

/// <summary>A span of time.</summary>
internal sealed class Duration : KeyType
{
    public override string Allowed => "a duration such as 90s, 10m or 1h";

    public override bool TryRead(HoconValue value, out object? read)
    {
        read = value is HoconScalar scalar && Durations.TryParse(scalar.Text, out var span) ? span : null;
        return read is not null;
    }

    public override JsonNode? Write(object? value) => JsonValue.Create(Durations.Format((TimeSpan)value!));
}

/// <summary>Another type, or null for "not set".</summary>
internal sealed class Unless(KeyType inner) : KeyType
{
    public override string Allowed => inner.Allowed;

    public override bool TryRead(HoconValue value, out object? read)
    {
        read = null;
        return value is HoconScalar { IsNull: true } || inner.TryRead(value, out read);
    }

    public override JsonNode? Write(object? value) => value is null ? null : inner.Write(value);
}
