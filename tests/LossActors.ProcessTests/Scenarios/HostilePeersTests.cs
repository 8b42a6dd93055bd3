using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Configuration;
using Akka.Remote.Transport.DotNetty;
using LossActors.Actors.Tests.Databases;
using LossActors.Actors.Tests.Hosting.Tls;
using LossActors.ProcessTests.Machine;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>A run on two search nodes under mutual TLS, whose ports are open to everybody.</summary>
public sealed partial class HostilePeersTests : SpreadRunTest
{
    private const int Budget = 2000;

    // Each kind of stranger knocks so often: less than a hundred times, so that the log may say it once, and once more that it was the tenth time.
    private const int Knocks = 12;

    // A stranger does not mind whom he speaks to.
    private static readonly RemoteCertificateValidationCallback s_whoever = (_, peer, _, _) => peer is not null;

    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _others = new("somebody else");

    public HostilePeersTests() => Tls = _authority.Node("node");

    public override void Dispose()
    {
        base.Dispose();
        _authority.Dispose();
        _others.Dispose();
    }

    [Fact(Timeout = 2 * Deadline)]
    public async Task Whoever_does_not_belong_to_it_is_refused_and_logged_once_and_the_run_goes_on_unharmed()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        using var server = PostgresServer.Start();
        await FoundAsync(server, host: null, FreePort(), "--evaluations", $"{Budget}", "--set", "training.steps=100", "--set", "refinement.policy=none");
        await JoinAsync(host: null, FreePort());
        Evaluate();
        await AllIslandsWorkAsync(TimeSpan.FromMilliseconds(Deadline));
        await AllAreMembersAsync();
        var before = Logs().ToDictionary(l => l.Key, l => l.Value.Count);

        // The program itself: with another authority's certificate it ends at once and says why, without any it says so and keeps trying.
        var stranger = Start(["node", "--role", "evaluator", "--join", Addresses, "--tls", _others.Node("stranger")]);
        Assert.NotEqual(0, await stranger.ExitAsync(Stop));
        Assert.Contains("is not trusted here", stranger.Error.Text, StringComparison.Ordinal);
        var open = Start(["node", "--role", "evaluator", "--join", Addresses]);
        Assert.True(await open.Error.UntilAsync(lines => lines.Any(l => l.StartsWith("not let in", StringComparison.Ordinal)), Stop), open.Error.Text);

        using var others = _others.Sign("stranger");
        using var trusted = _authority.Sign("trusted");
        foreach (var port in Members.Select(m => m.Port))
        {
            for (var i = 0; i < Knocks; i++)
            {
                await PlaintextAsync(port);
                await RefusedAsync(port, others);
                await RefusedAsync(port, certificate: null);
                await OversizedAsync(port, trusted);
            }

            await UnlistedAsync(port, trusted);
        }

        Assert.True(Run.State() == "running", "the run was over before everything had happened; Budget is too small for this machine");
        await AllIslandsWorkAsync();
        await AllAreMembersAsync();
        open.Os.Send(Signal.Kill);
        var said = Logs().SelectMany(log => log.Value.Skip(before.GetValueOrDefault(log.Key)).Select(line => (log.Key, Line: line))).ToList();
        Note(string.Join('\n', said.Select(s => s.Line)));
        Assert.Equal(Members.Count, said.Select(s => s.Key).Distinct().Count());
        Assert.Equal(Members.Count, said.Count(s => s.Line.EndsWith("only listed manifests are read.", StringComparison.Ordinal)));
        Assert.All(said.GroupBy(s => (s.Key, WithoutNumbers(s.Line))), same => Assert.Single(same));

        await CompletesOnceAsync(Budget);
        Assert.All(Members, m => Assert.Equal(0, m.Removals));
    }

    // Not TLS at all.
    private static async Task PlaintextAsync(int port)
    {
        using var client = await ConnectAsync(port);
        await client.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), Stop);
        await ClosesAsync(client.GetStream());
    }

    // TLS, but not by somebody who is known. Whether the handshake itself fails or the connection is closed after it is a matter of the protocol's version.
    private static async Task RefusedAsync(int port, X509Certificate2? certificate)
    {
        using var client = await ConnectAsync(port);
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, s_whoever);
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "search", ClientCertificates = certificate is null ? null : [certificate] }, Stop);
            await ClosesAsync(tls);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            // Refused.
        }
    }

    // Somebody who is known announces a frame of two gigabytes.
    private static async Task OversizedAsync(int port, X509Certificate2 certificate)
    {
        using var client = await ConnectAsync(port);
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, s_whoever);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "search", ClientCertificates = [certificate] }, Stop);
        var frame = new byte[4096];
        BinaryPrimitives.WriteInt32LittleEndian(frame, int.MaxValue);
        await tls.WriteAsync(frame, Stop);
        await ClosesAsync(tls);
    }

    // Somebody who is known says what no node says, in the way that Akka by itself would: any object, by its type's name.
    private async Task UnlistedAsync(int port, X509Certificate2 certificate)
    {
        var setup = BootstrapSetup.Create()
            .WithConfig(ConfigurationFactory.ParseString("""akka { actor.provider = remote, stdout-loglevel = OFF, loglevel = OFF, remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0, enable-ssl = true } }"""))
            .And(new DotNettySslSetup(certificate, suppressValidation: true));
        using var system = ActorSystem.Create("lossactors", setup);
        var broker = system.ActorSelection($"akka.ssl.tcp://lossactors@127.0.0.1:{port}/user/broker");
        var log = Logs().Keys.ElementAt(Members.FindIndex(m => m.Port == port));
        for (var i = 0; i < Knocks; i++)
        {
            broker.Tell(new Uri("http://127.0.0.1/"));
        }

        while (!Logs()[log].Exists(line => line.Contains("Refused a message", StringComparison.Ordinal)))
        {
            await Task.Delay(100, Stop);
        }

        await system.Terminate();
    }

    private static async Task<TcpClient> ConnectAsync(int port)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, Stop);
        return client;
    }

    // Reads until the other side has had enough. A reset is as good an end.
    private static async Task ClosesAsync(Stream stream)
    {
        try
        {
            var buffer = new byte[4096];
            while (await stream.ReadAsync(buffer, Stop) > 0)
            {
            }
        }
        catch (IOException)
        {
        }
    }

    // The logs of the search nodes, in the order of Members.
    private Dictionary<string, List<string>> Logs() => Members
        .Select((m, i) => Directory.EnumerateFiles(Path.Combine(Folder, i == 0 ? "first" : $"node--{m.Port}", "logs"), "*.log").Single())
        .ToDictionary(log => log, Lines);

    private static List<string> Lines(string log)
    {
        using var reader = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    // Ports, times, and the identifiers of channels.
    private static string WithoutNumbers(string line) => Number.Replace(line, "");

    [GeneratedRegex(@"\b[0-9a-f]{8,}\b|[0-9]+")]
    private static partial Regex Number { get; }
}
