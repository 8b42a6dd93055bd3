using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace LossActors.Actors.Serialization;

/// <summary>
/// Stands in Newtonsoft's place (name <c>json</c>, identifier 1), which would write and construct any type whatever, and
/// refuses both ways. A message that nobody listed is a programming error and must not work by accident.
/// </summary>
public sealed class RefuseSerializer : Serializer
{
    /// <summary>Called by Akka, which has settings for the name <c>json</c> and therefore wants a constructor that takes them.</summary>
    public RefuseSerializer(ExtendedActorSystem system, Config settings)
        : base(system) => ArgumentNullException.ThrowIfNull(settings);

    /// <inheritdoc/>
    public override int Identifier => 1;

    /// <inheritdoc/>
    public override bool IncludeManifest => false;

    /// <inheritdoc/>
    /// <exception cref="SerializationException">Always.</exception>
    public override byte[] ToBinary(object obj) =>
        throw new SerializationException($"{obj.GetType().FullName} is in no manifest table and may not leave this process.");

    /// <inheritdoc/>
    /// <exception cref="SerializationException">Always.</exception>
    public override object FromBinary(byte[] bytes, Type type) =>
        throw new SerializationException("Refused a message of serializer 1 (Newtonsoft): only listed manifests are read.");
}
