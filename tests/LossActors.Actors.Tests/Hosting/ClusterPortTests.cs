using System.Net;
using System.Net.Sockets;
using LossActors.Actors.Hosting;
using LossActors.Learning.Native;
using Xunit;

namespace LossActors.Actors.Tests.Hosting;

public sealed class ClusterPortTests
{
    [Fact]
    public void A_busy_port_is_told_in_one_line()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        var problem = Assert.Throws<EnvironmentException>(() => ClusterPort.EnsureFree("127.0.0.1", port));
        Assert.Equal($"port {port} on 127.0.0.1 is in use; choose another, or 0 for any", problem.Message);
    }

    [Fact]
    public void An_address_of_another_machine_is_refused_and_any_port_is_free()
    {
        Assert.Throws<EnvironmentException>(() => ClusterPort.EnsureFree("192.0.2.1", 4053));
        ClusterPort.EnsureFree("127.0.0.1", 0);
    }
}
