using System.Net;
using System.Net.Sockets;
using LossActors.Actors.Experiments;
using LossActors.Cli.Output;

namespace LossActors.Cli.Hosting;

/// <summary>The address and port that evaluators join.</summary>
internal static class HostPort
{
    /// <summary>Whether only programs of this machine reach an address.</summary>
    public static bool IsLoopback(string host) => IPAddress.TryParse(host, out var address) ? IPAddress.IsLoopback(address) : host == "localhost";

    /// <summary>Makes sure that the port can be had, before anything is written.</summary>
    /// <exception cref="CliException">It cannot.</exception>
    public static void Require(string host, int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.TryParse(host, out var address) ? address : Dns.GetHostAddresses(host)[0], port);
            listener.ExclusiveAddressUse = true;
            listener.Start();
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            throw new CliException(
                e is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }
                    ? Numbers.Text($"port {port} of {host} is in use by another program; choose another with --port, or leave it out")
                    : Numbers.Text($"cannot listen on {Shown.Bare(host)}:{port}: {Shown.FirstLine(e.Message)}; see --host and --port"),
                ExitCode.Environment);
        }
    }
}
