using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace LossActors.Cli.Tests;

/// <summary>The real program under mutual TLS, its evaluator processes included.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lossactors-tls");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ASearchAndItsEvaluatorsSpeakTls()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Write("node.pem", certificate.ExportCertificatePem());
        Write("node.key", key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        Write("password", "secret");
        var pin = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        var file = Write("tls.conf", $"tls {{ certificate = node.pem, key = node.key, password-file = password, pins = [{pin}] }}");
        var data = Path.Combine(_folder.FullName, "data");

        var run = await CliRun.Of("run", "breast-cancer", "--evaluations", "12", "--evaluators", "1", "--set", "training.steps=20", "--set", "refinement.policy=none", "--tls", file, "--data-dir", data, "--progress", "none");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.DoesNotContain("secret", run.Out + run.Error + string.Concat(Directory.EnumerateFiles(Path.Combine(data, "logs")).Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
