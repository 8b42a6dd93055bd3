using System.Collections.Immutable;

namespace LossActors.Actors.Experiments.Hocon;

/// <summary>A value as it stands in a file.</summary>
/// <param name="Line">Where it begins, from 1.</param>
internal abstract record HoconValue(int Line);

/// <summary>Text, a number, a truth value or null: which of them decides the key's type, unless quotes say text.</summary>
internal sealed record HoconScalar(string Text, bool Quoted, int Line) : HoconValue(Line)
{
    /// <summary>Whether it is the bare word null, which unsets a key.</summary>
    public bool IsNull => !Quoted && Text == "null";
}

/// <summary>A list in brackets.</summary>
internal sealed record HoconList(ImmutableArray<HoconValue> Items, int Line) : HoconValue(Line);

/// <summary>A block in braces: fields in the order in which they were first given.</summary>
internal sealed record HoconObject(int Line) : HoconValue(Line)
{
    private readonly OrderedDictionary<string, HoconValue> _fields = new(StringComparer.Ordinal);

    /// <summary>The fields, each with its key's own segment.</summary>
    public IReadOnlyDictionary<string, HoconValue> Fields => _fields;

    /// <summary>Sets a field as HOCON does: later values win, two blocks are merged.</summary>
    public void Set(ReadOnlySpan<string> path, HoconValue value)
    {
        var name = path[0];
        if (path.Length > 1)
        {
            if (!_fields.TryGetValue(name, out var inner) || inner is not HoconObject)
            {
                _fields[name] = inner = new HoconObject(value.Line);
            }

            ((HoconObject)inner).Set(path[1..], value);
        }
        else if (value is HoconObject added && _fields.TryGetValue(name, out var existing) && existing is HoconObject into)
        {
            foreach (var (key, field) in added.Fields)
            {
                into.Set([key], field);
            }
        }
        else
        {
            _fields[name] = value;
        }
    }
}
