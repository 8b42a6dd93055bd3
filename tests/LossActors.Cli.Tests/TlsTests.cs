using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;
using Akka.Configuration;
using Akka.Remote.Transport.DotNetty;
using Xunit;

namespace LossActors.Cli.Tests;

/// <summary>The real program under mutual TLS, its evaluator processes included.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly X509Certificate2 _certificate = SelfSigned();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lossactors-tls");

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task ASearchAndItsEvaluatorsSpeakTlsAndNoPasswordIsTold()
    {
        var (run, _) = await RunAsync(_ => Task.CompletedTask);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Matches("evaluators elsewhere join with: .* --tls .*tls.conf", run.Error);
        Assert.DoesNotContain("secret", run.Out + run.Error + string.Concat(Directory.EnumerateFiles(Path.Combine(DataDir, "logs")).Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    /// <summary>Akka.Remote ends an actor system that calls a port where nobody speaks TLS any more, as after an evaluator's death another program may have its port.</summary>
    [Fact]
    public async Task ASearchSurvivesACallToAPortWithoutTls()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var deaf = AnswerAsync(listener);

        var (run, id) = await RunAsync(async address =>
        {
            await ListensAsync(address);
            var setup = BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString(
                """
                akka { actor.provider = remote, stdout-loglevel = OFF, loglevel = OFF, remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0, enable-ssl = true } }
                """)).And(new DotNettySslSetup(_certificate, suppressValidation: false, requireMutualAuthentication: true, (peer, _, _, _, _) => peer!.Thumbprint == _certificate.Thumbprint));
            using var peer = ActorSystem.Create("lossactors", setup);
            var sender = ((ExtendedActorSystem)peer).Provider.ResolveActorRef($"akka.ssl.tcp://lossactors@{listener.LocalEndpoint}/user/somebody");
            for (var attempt = 0; !deaf.IsCompleted && attempt < 300; attempt++)
            {
                // The search answers the sender, who is somewhere else.
                peer.ActorSelection($"akka.ssl.tcp://lossactors@{address}/user/broker").Tell(new Identify(attempt), sender);
                await Task.WhenAny(deaf, Task.Delay(200));
            }

            await peer.Terminate();
        });

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.True(run.Error.Contains("its node ended", StringComparison.Ordinal), run.Error + string.Concat(Directory.EnumerateFiles(Path.Combine(DataDir, "logs")).Select(File.ReadAllText)));
        Assert.Contains("going on from the journal", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await CliRun.Of("verify", id, "--data-dir", DataDir)).ExitCode);
    }

    private string DataDir => Path.Combine(_folder.FullName, "data");

    // Shaken hands with: whoever calls too early ends as the search does here.
    private async Task ListensAsync(string address)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPEndPoint.Parse(address));
                await using var tls = new SslStream(client.GetStream(), false, (_, peer, _, _) => peer!.GetCertHashString() == _certificate.Thumbprint);
                await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "search", ClientCertificates = [_certificate] });
                return;
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                await Task.Delay(100);
            }
        }
    }

    // Whoever calls hears something else than TLS.
    private static async Task AnswerAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await client.GetStream().WriteAsync("220 ready\r\n"u8.ToArray());
        await Task.Delay(500);
    }

    private async Task<(CliRun Run, string Id)> RunAsync(Func<string, Task> meanwhile)
    {
        Write("node.pem", _certificate.ExportCertificatePem());
        Write("node.key", _certificate.GetECDsaPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        Write("password", "secret");
        var tls = Write("tls.conf", $"tls {{ certificate = node.pem, key = node.key, password-file = password, pins = [{_certificate.GetCertHashString(HashAlgorithmName.SHA256)}] }}");
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        var run = CliRun.Of(
            "run", "breast-cancer", "--evaluations", "200", "--evaluators", "1", "--set", "training.steps=20", "--set", "refinement.policy=none", "--set", "search.islands=1",
            "--port", port.ToString(CultureInfo.InvariantCulture), "--tls", tls, "--data-dir", DataDir, "--progress", "plain");
        await meanwhile($"127.0.0.1:{port}");
        var done = await run;
        return (done, done.Out.Split('\n')[0].Trim());
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
