using System.Collections.Frozen;
using System.Runtime.Serialization;

namespace LossActors.Actors.Serialization;

/// <summary>
/// The closed list of what one serializer carries: a versioned manifest (<c>offer.1</c>) for each message type. A manifest
/// never changes its meaning: another shape is another manifest (<c>offer.2</c>), and the old one stays readable or is refused by name.
/// </summary>
public sealed class ManifestTable
{
    private readonly FrozenDictionary<string, Type> _types;
    private readonly FrozenDictionary<Type, string> _manifests;

    /// <summary>Freezes a list of manifests.</summary>
    /// <param name="entries">Manifest and type; each manifest once. Where a type has several, the last one is written and all are read.</param>
    /// <exception cref="ArgumentException">A manifest occurs twice.</exception>
    public ManifestTable(params IReadOnlyList<(string Manifest, Type Type)> entries)
    {
        _types = entries.ToDictionary(e => e.Manifest, e => e.Type, StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);
        var manifests = new Dictionary<Type, string>();
        foreach (var (manifest, type) in entries)
        {
            manifests[type] = manifest;
        }

        _manifests = manifests.ToFrozenDictionary();
    }

    /// <summary>Every manifest that can be read, in no particular order.</summary>
    public IEnumerable<string> Manifests => _types.Keys;

    /// <summary>The manifest that a message is written under.</summary>
    /// <exception cref="SerializationException">The type is not in the table.</exception>
    public string ManifestOf(Type type) => _manifests.TryGetValue(type, out var manifest)
        ? manifest
        : throw new SerializationException($"{type.Name} is not a message of this serializer.");

    /// <summary>The type that a manifest stands for.</summary>
    /// <exception cref="SerializationException">The manifest is unknown, for example because a newer version wrote it.</exception>
    public Type TypeOf(string manifest) => _types.TryGetValue(manifest, out var type)
        ? type
        : throw new SerializationException($"Unknown manifest '{manifest}': was it written by a newer version?");
}
