using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using LossActors.Actors.Experiments.Hocon;

namespace LossActors.Actors.Experiments.Schema;

/// <summary>A list of values of one type, of a length in a range.</summary>
internal sealed class ListOf<T>(KeyType item, int least, int most) : KeyType
    where T : notnull
{
    public override string Allowed => string.Create(
        CultureInfo.InvariantCulture,
        $"a list [ … ] of {(least == most ? $"{least}" : $"{least} to {most}")} values, each {item.Allowed}");

    public override bool IsList => true;

    public override bool TryRead(HoconValue value, out object? read)
    {
        read = null;
        if (value is not HoconList list || list.Items.Length < least || list.Items.Length > most)
        {
            return false;
        }

        var items = ImmutableArray.CreateBuilder<T>(list.Items.Length);
        foreach (var element in list.Items)
        {
            if (!item.TryRead(element, out var one) || one is null)
            {
                return false;
            }

            items.Add((T)one);
        }

        read = items.MoveToImmutable();
        return true;
    }

    public override JsonNode? Write(object? value) => new JsonArray([.. ((ImmutableArray<T>)value!).Select(v => item.Write(v))]);
}
