using System.Net;
using System.Net.Sockets;
using LossActors.Learning.Native;

namespace LossActors.Actors.Hosting;

/// <summary>Looks whether a node's address can be bound before an actor system tries to, whose own message would be a stack trace.</summary>
public static class ClusterPort
{
    /// <summary>Returns if the port is free on that address, or 0 (any).</summary>
    /// <exception cref="EnvironmentException">It is busy, or the address is not one of this machine's.</exception>
    public static void EnsureFree(string host, int port)
    {
        try
        {
            var address = IPAddress.TryParse(host, out var parsed) ? parsed : Dns.GetHostAddresses(host)[0];
            using var listener = new TcpListener(address, port);
            listener.Start();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new EnvironmentException($"port {port} on {host} is in use", "choose another, or 0 for any", e);
        }
        catch (SocketException e)
        {
            throw new EnvironmentException($"cannot bind to {host}:{port}: {e.Message}", "use an address of this machine and a port that may be opened", e);
        }
    }
}
