using System.Globalization;
using System.Text.Json.Nodes;
using LossActors.Actors.Experiments.Hocon;
using LossActors.Evolution.Topologies;

namespace LossActors.Actors.Experiments.Schema;

/// <summary>Links of a graph: <c>0 to 1</c>, <c>0 to 1 weight 0.5</c>. Migrants go from the first island to the second. Whether numbers make sense is checked with the whole graph.</summary>
internal sealed class LinkText : KeyType
{
    public override string Allowed => "a link such as 0 to 1 or 0 to 1 weight 0.5";

    public override bool TryRead(HoconValue value, out object? read)
    {
        read = value is HoconScalar scalar ? Parse(scalar.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)) : null;
        return read is not null;
    }

    public override JsonNode? Write(object? value)
    {
        var (from, to, weight) = (Link)value!;
        var ends = FormattableString.Invariant($"{from} to {to}");
        return JsonValue.Create(weight == 1 ? ends : FormattableString.Invariant($"{ends} weight {weight:R}"));
    }

    private static Link? Parse(string[] words) => words switch
    {
        [var from, "to", var to] when Island(from) is { } a && Island(to) is { } b => new(a, b),
        [var from, "to", var to, "weight", var weight] when Island(from) is { } a && Island(to) is { } b
            && double.TryParse(weight, NumberStyles.Float, CultureInfo.InvariantCulture, out var chance) => new(a, b, chance),
        _ => null,
    };

    private static int? Island(string word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
