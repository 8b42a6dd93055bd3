using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Configuration;
using LossActors.Actors.Hosting.Tls;
using LossActors.Evolution.Evaluation;
using Xunit;

namespace LossActors.Actors.Tests.Hosting.Tls;

/// <summary>Real processes in a real cluster on loopback under mutual TLS: who belongs to it works, and who does not is refused without harm.</summary>
[Collection("processes")]
public sealed class TlsClusterTests : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(90);
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _others = new("somebody else");
    private readonly string _log = Path.GetTempFileName();

    public void Dispose()
    {
        _authority.Dispose();
        _others.Dispose();
        File.Delete(_log);
    }

    [Fact]
    public async Task ChildrenAndNodesWithACertificateJoinAndWork()
    {
        await using var search = await StartAsync(processes: 1);
        using var node = new Evaluator(search, _authority.Node("node"));
        await search.Until(w => w.Slots.Count == 2);

        for (var birth = 1; birth <= 10; birth++)
        {
            search.Offer(birth, $"{birth}*sub(y, f)");
        }

        Assert.All(Enumerable.Range(0, 10).Select(_ => search.NextAnswer()), answer => Assert.IsType<Finding.Trained>(answer.Finding));
    }

    [Theory]
    [InlineData("another authority's")]
    [InlineData("none")]
    public async Task AStrangerIsRefusedLoggedOnceAndTheOthersGoOn(string certificate)
    {
        await using var search = await StartAsync(processes: 1);
        await search.Until(w => w.Slots.Count == 1);
        var tls = certificate == "none" ? null : _others.Node("stranger");

        using var stranger = new Evaluator(search, tls);
        var said = await stranger.SaysAsync();

        Assert.StartsWith($"not let in by {search.Address}", said, StringComparison.Ordinal);
        search.Offer(1, "sub(y, f)");
        Assert.IsType<Finding.Trained>(search.NextAnswer().Finding);
        Assert.Single((await search.Until(_ => true)).Slots);
        var since = Stopwatch.StartNew();
        while (Lines().Length == 0)
        {
            // The stranger's impatience may be quicker than a busy machine's first handshake.
            Assert.True(since.Elapsed < s_deadline, said);
            await Task.Delay(50);
        }

        var lines = Lines();
        Assert.Equal(lines.Length, lines.Select(WithoutNumbers).Distinct().Count());
        if (tls is not null)
        {
            Assert.Single(lines, line => line.Contains("Refused a peer", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task GarbageAndFramesBeyondTheLimitCloseTheConnectionAndNothingElse()
    {
        await using var search = await StartAsync(processes: 1);
        await search.Until(w => w.Slots.Count == 1);
        var port = int.Parse(search.Address.Split(':')[1], null);

        using (var plain = new TcpClient())
        {
            await plain.ConnectAsync("127.0.0.1", port);
            await plain.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
            Assert.Equal(0, await ReadToEndAsync(plain.GetStream()));
        }

        using (var trusted = new TcpClient())
        {
            using var identity = TlsIdentity.Read(_authority.Node("trusted"), null, DateTimeOffset.UtcNow);
            await trusted.ConnectAsync("127.0.0.1", port);
            await using var tls = new SslStream(trusted.GetStream(), false, (_, peer, _, _) => identity.Trust.Refusal((X509Certificate2)peer!, DateTimeOffset.UtcNow) is null);
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "search", ClientCertificates = [identity.Certificate] });

            // A frame of two gigabytes is announced.
            await tls.WriteAsync(new byte[] { 0xff, 0xff, 0xff, 0x7f });
            await tls.WriteAsync(new byte[4096]);
            await ReadToEndAsync(tls);
        }

        search.Offer(1, "sub(y, f)");
        Assert.IsType<Finding.Trained>(search.NextAnswer().Finding);
    }

    [Fact]
    public async Task AMessageThatNobodyListedIsRefusedEvenFromATrustedPeer()
    {
        await using var search = await StartAsync(processes: 1);
        await search.Until(w => w.Slots.Count == 1);
        using var identity = TlsIdentity.Read(_authority.Node("trusted"), null, DateTimeOffset.UtcNow);
        var setup = BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString(
            """
            akka { actor.provider = remote, stdout-loglevel = OFF, loglevel = OFF, remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0, enable-ssl = true } }
            """)).And(identity.Setup(TimeProvider.System));
        using var stranger = ActorSystem.Create("lossactors", setup);
        var broker = stranger.ActorSelection($"akka.ssl.tcp://lossactors@{search.Address}/user/broker");

        // Akka's default writes any object by its type's name.
        for (var i = 0; i < 3; i++)
        {
            broker.Tell(new Uri("http://127.0.0.1/"));
        }

        var since = Stopwatch.StartNew();
        while (!Lines().Any(line => line.Contains("Refused a message", StringComparison.Ordinal)))
        {
            Assert.True(since.Elapsed < s_deadline, string.Join('\n', Lines()));
            await Task.Delay(50);
        }

        search.Offer(1, "sub(y, f)");
        Assert.IsType<Finding.Trained>(search.NextAnswer().Finding);
        await stranger.Terminate();
        Assert.Single(Lines(), line => line.Contains("Refused a message", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ShakingHandsTellsWhoRefusesWhom()
    {
        await using var search = await StartAsync(processes: 0);
        await using var open = await SearchNode.StartAsync();

        await ShakeAsync(search.Address, _authority.Node("friend"));
        Assert.Contains("is not trusted here", (await Assert.ThrowsAsync<TlsException>(() => ShakeAsync(search.Address, _others.Node("stranger")))).Message);
        Assert.Contains("refuses this node's certificate", (await Assert.ThrowsAsync<TlsException>(() => ShakeAsync(search.Address, TrustingOnly(_authority)))).Message);
        Assert.Contains("there is no TLS", (await Assert.ThrowsAsync<TlsException>(() => ShakeAsync(open.Address, _authority.Node("friend")))).Message);
    }

    private Task<SearchNode> StartAsync(int processes) => SearchNode.StartAsync(processes, tls: _authority.Node("search"), logFile: _log);

    // Somebody else's certificate that trusts the search's authority.
    private string TrustingOnly(TestAuthority authority)
    {
        var node = _others.Node("spy");
        File.AppendAllText(_others.PathOf("ca.pem"), "\n" + File.ReadAllText(authority.PathOf("ca.pem")));
        return node;
    }

    private static async Task ShakeAsync(string address, string file)
    {
        using var identity = TlsIdentity.Read(file, null, DateTimeOffset.UtcNow);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", int.Parse(address.Split(':')[1], null));
        await TlsProbe.ShakeHandsAsync(client.GetStream(), identity, address, TimeProvider.System, default);
    }

    private static async Task<int> ReadToEndAsync(Stream stream)
    {
        using var patience = new CancellationTokenSource(s_deadline);
        var (buffer, all) = (new byte[4096], 0);
        try
        {
            while (await stream.ReadAsync(buffer, patience.Token) is > 0 and var count)
            {
                all += count;
            }
        }
        catch (IOException)
        {
            // Reset: as good an end.
        }

        return all;
    }

    // Ports, times, and the identifiers of channels.
    private static string WithoutNumbers(string line) => Regex.Replace(line, @"\b[0-9a-f]{8,}\b|[0-9]+", "");

    private string[] Lines()
    {
        using var reader = new StreamReader(new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    // A node started by hand, which ends with the test.
    private sealed class Evaluator(SearchNode search, string? tls) : IDisposable
    {
        private readonly Process _process = Process.Start(SearchNode.TestNode(search.Address, "cpu", 0, child: false, tls: tls))!;

        public Task<string?> SaysAsync() => _process.StandardOutput.ReadLineAsync().WaitAsync(s_deadline);

        public void Dispose()
        {
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }
    }
}
