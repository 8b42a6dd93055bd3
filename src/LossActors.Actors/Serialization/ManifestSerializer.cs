using System.Runtime.Serialization;
using System.Text.Json;
using Akka.Actor;
using Akka.Serialization;

namespace LossActors.Actors.Serialization;

/// <summary>
/// A closed, versioned serializer: JSON of a frozen list of types, each under a manifest of its own. No type name is ever
/// written or read, so bytes from elsewhere cannot choose what is constructed.
/// </summary>
public abstract class ManifestSerializer : SerializerWithStringManifest
{
    private readonly ManifestTable _table;

    /// <summary>Called by Akka through a derived serializer.</summary>
    /// <param name="system">The actor system.</param>
    /// <param name="identifier">The serializer's number in every envelope and journal row; never reuse one.</param>
    /// <param name="table">What it carries.</param>
    protected ManifestSerializer(ExtendedActorSystem system, int identifier, ManifestTable table)
        : base(system)
    {
        Identifier = identifier;
        _table = table;
    }

    /// <inheritdoc/>
    public sealed override int Identifier { get; }

    /// <inheritdoc/>
    public sealed override string Manifest(object o) => _table.ManifestOf(o.GetType());

    /// <inheritdoc/>
    /// <exception cref="SerializationException">The type is not in the table.</exception>
    public sealed override byte[] ToBinary(object obj)
    {
        var type = obj.GetType();
        _ = _table.ManifestOf(type);
        return JsonSerializer.SerializeToUtf8Bytes(obj, type, WireJson.Options);
    }

    /// <inheritdoc/>
    /// <exception cref="SerializationException">Unknown manifest, or bytes that are not what it promises.</exception>
    public sealed override object FromBinary(byte[] bytes, string manifest)
    {
        var type = _table.TypeOf(manifest);
        try
        {
            return JsonSerializer.Deserialize(bytes, type, WireJson.Options)
                ?? throw new SerializationException($"'{manifest}' holds nothing.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or FormatException or ArgumentException or OverflowException)
        {
            throw new SerializationException($"'{manifest}' cannot be read: {e.Message}", e);
        }
    }
}
