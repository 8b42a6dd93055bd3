using Akka.Cluster;
using Akka.Configuration;
using Akka.Remote;
using LossActors.Actors.Hosting;
using Xunit;

namespace LossActors.Actors.Tests.Hosting;

public sealed class ClusterHoconTests
{
    private static readonly Config s_config = ClusterHocon.Single.WithFallback(ClusterHocon.Base);

    [Theory]
    [InlineData("akka.stdout-loglevel", "OFF")]
    [InlineData("akka.remote.dot-netty.tcp.hostname", "127.0.0.1")]
    [InlineData("akka.remote.dot-netty.tcp.port", "0")]
    [InlineData("akka.cluster.downing-provider-class", "LossActors.Actors.Hosting.Downing.DowningProvider, LossActors.Actors")]
    [InlineData("lossactors.downing.stable-after", "4s")]
    [InlineData("akka.cluster.shutdown-after-unsuccessful-join-seed-nodes", "off")]
    [InlineData("akka.actor.internal-dispatcher.executor", "LossActors.Actors.Hosting.Dispatching.OwnThreads, LossActors.Actors")]
    [InlineData("akka.remote.default-remote-dispatcher.executor", "LossActors.Actors.Hosting.Dispatching.OwnThreads, LossActors.Actors")]
    [InlineData("akka.actor.serializers.json", "LossActors.Actors.Serialization.RefuseSerializer, LossActors.Actors")]
    public void The_settings_that_the_design_rests_on_are_in_force(string key, string value) =>
        Assert.Equal(value, s_config.GetString(key));

    // Keys that Akka does not know are passed over in silence, so it is Akka that is asked.
    [Fact]
    public void Akka_lets_everyone_listen_to_everyone_and_notice_after_the_same_time()
    {
        var settings = new ClusterSettings(s_config.WithFallback(ConfigurationFactory.FromResource<Cluster>("Akka.Cluster.Configuration.Cluster.conf")), ClusterHocon.SystemName);
        Assert.True(settings.MonitoredByNrOfMembers >= 1000);
        Assert.Equal(typeof(DeadlineFailureDetector), Type.GetType(settings.FailureDetectorImplementationClass, throwOnError: true));
    }

    [Fact]
    public void Buffers_hold_a_frame()
    {
        var frame = s_config.GetByteSize("akka.remote.dot-netty.tcp.maximum-frame-size");
        Assert.True(s_config.GetByteSize("akka.remote.dot-netty.tcp.send-buffer-size") >= frame);
        Assert.True(s_config.GetByteSize("akka.remote.dot-netty.tcp.receive-buffer-size") >= frame);
    }
}
