using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;
using LossActors.Actors.Experiments;
using LossActors.Actors.Hosting.Tls;

namespace LossActors.Cli.Hosting;

/// <summary>Search nodes that a node joins: whichever of them answers, and with it the whole cluster.</summary>
internal static class JoinAddress
{
    private static readonly TimeSpan s_probe = TimeSpan.FromSeconds(5);

    /// <summary>Reads <c>HOST:PORT[,HOST:PORT…]</c>.</summary>
    /// <exception cref="CliException">It is something else.</exception>
    public static ImmutableArray<(string Host, int Port)> Parse(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries).Select(one => ParseOne(one, text))];

    /// <summary>As nodes are told.</summary>
    public static string Text((string Host, int Port) address) => string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");

    /// <summary>Makes sure that one of them answers, and under TLS lets this node in: one started by hand with a wrong address would otherwise wait for ever.</summary>
    /// <exception cref="CliException">None answers.</exception>
    /// <exception cref="TlsException">One answers, but not to this node.</exception>
    public static async Task RequireReachableAsync(ImmutableArray<(string Host, int Port)> addresses, TlsIdentity? tls, TimeProvider time, CancellationToken cancellation)
    {
        foreach (var (host, port) in addresses)
        {
            using var client = new TcpClient();
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(s_probe);
            try
            {
                await client.ConnectAsync(host, port, patience.Token);
            }
            catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                continue;
            }

            if (tls is not null)
            {
                await TlsProbe.ShakeHandsAsync(client.GetStream(), tls, Text((host, port)), time, cancellation);
            }

            return;
        }

        throw new CliException($"no search node answers at {string.Join(" or ", addresses.Select(Text))}; is the run still going, and does its --host let others in?", ExitCode.Environment);
    }

    private static (string Host, int Port) ParseOne(string text, string all)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            && Uri.CheckHostName(text[..colon]) != UriHostNameType.Unknown
            ? (text[..colon], port)
            : throw new CliException($"--join {Shown.Text(all)}: expected HOST:PORT, as `lossactors run` prints it, or several of them with commas between");
    }
}
