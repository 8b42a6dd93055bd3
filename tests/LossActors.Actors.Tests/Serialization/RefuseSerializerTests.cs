using System.Runtime.Serialization;
using Akka.Actor;
using LossActors.Actors.Serialization;
using Xunit;

namespace LossActors.Actors.Tests.Serialization;

public sealed class RefuseSerializerTests
{
    [Fact]
    public void Newtonsofts_place_refuses_both_ways()
    {
        using var system = ActorSystem.Create("refuse", $$"""
            akka.loglevel = OFF
            akka.stdout-loglevel = OFF
            akka.actor.serializers.json = "{{typeof(RefuseSerializer).FullName}}, LossActors.Actors"
            """);
        var serializer = system.Serialization.FindSerializerFor(new Version(1, 0));
        Assert.IsType<RefuseSerializer>(serializer);
        Assert.Throws<SerializationException>(() => serializer.ToBinary(new Version(1, 0)));
        Assert.Throws<SerializationException>(() => system.Serialization.Deserialize("{}"u8.ToArray(), 1, "System.Version, System.Private.CoreLib"));
    }
}
