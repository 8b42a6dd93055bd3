using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LossActors.Actors.Hosting.Tls;
using Xunit;

namespace LossActors.Actors.Tests.Hosting.Tls;

public sealed class TlsIdentityTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _other = new();

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void WhoTheAuthoritySignedIsTrustedAndNobodyElse()
    {
        using var identity = Read(_authority.Node("node"));
        using var friend = _authority.Sign("friend");
        using var stranger = _other.Sign("stranger");
        using var late = _authority.Sign("late", days: -1);

        Assert.Null(identity.Trust.Refusal(friend, DateTimeOffset.UtcNow));
        Assert.Contains("stranger", identity.Trust.Refusal(stranger, DateTimeOffset.UtcNow));
        Assert.Contains("not signed by the trusted authority", identity.Trust.Refusal(stranger, DateTimeOffset.UtcNow));
        Assert.Contains("is valid from", identity.Trust.Refusal(late, DateTimeOffset.UtcNow));
        Assert.Contains("is valid from", identity.Trust.Refusal(friend, DateTimeOffset.UtcNow.AddYears(1)));
        Assert.Equal(_authority.PathOf("node.conf"), identity.Source);
    }

    [Fact]
    public void ANodeBelowTheAuthorityCannotSignOthers()
    {
        using var node = _authority.Sign("node");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var forged = new CertificateRequest("CN=forged", key, HashAlgorithmName.SHA256).Create(
            node.SubjectName, X509SignatureGenerator.CreateForECDsa(node.GetECDsaPrivateKey()!), DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), [1]);
        File.AppendAllText(_authority.PathOf("ca.pem"), "\n" + node.ExportCertificatePem());
        using var identity = Read(_authority.Node("me"));

        Assert.NotNull(identity.Trust.Refusal(forged, DateTimeOffset.UtcNow));
    }

    [Fact]
    public void APinIsTheCertificateItself()
    {
        using var pinned = _other.Sign("pinned");
        var pin = string.Join(':', Convert.ToHexStringLower(pinned.GetCertHash(HashAlgorithmName.SHA256)).Chunk(2).Select(pair => new string(pair)));
        using var identity = Read(_authority.SelfSigned("me", $"pins = [OWN, \"{pin}\"]"));
        using var likewise = _other.Sign("pinned");

        Assert.Null(identity.Trust.Refusal(pinned, DateTimeOffset.UtcNow));
        Assert.Contains("is not among the pins", identity.Trust.Refusal(likewise, DateTimeOffset.UtcNow));
    }

    [Fact]
    public void KeysMayBeEncryptedAndInOneFileWithTheCertificate()
    {
        using var certificate = _authority.Sign("node");
        var key = certificate.GetECDsaPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        _authority.Write("both.pem", certificate.ExportCertificatePem() + "\n" + key);
        File.WriteAllBytes(_authority.PathOf("node.pfx"), certificate.Export(X509ContentType.Pkcs12, "secret"));
        _authority.Write("password", "secret\n");

        foreach (var file in new[] { "both.pem", "node.pfx" })
        {
            var (plain, with) = (_authority.Write("a.conf", $"tls {{ certificate = {file}, authority = ca.pem }}"), _authority.Write("b.conf", $"tls {{ certificate = {file}, password-file = password, authority = ca.pem }}"));
            using var fromVariable = Read(plain, "secret");
            using var fromFile = Read(with);
            Assert.Equal((certificate.Thumbprint, true), (fromVariable.Certificate.Thumbprint, fromFile.Certificate.HasPrivateKey));
            Assert.Contains(file, Error(plain, "wrong"));
            Assert.DoesNotContain("wrong", Error(plain, "wrong"));
        }
    }

    [Theory]
    [InlineData("tls { certificate = node.pem, key = node.key, authority = ca.pem", "'{' is never closed")]
    [InlineData("certificate = node.pem", "unknown key certificate")]
    [InlineData("tls { certificat = node.pem, authority = ca.pem }", "did you mean certificate?")]
    [InlineData("tls { key = node.key, authority = ca.pem }", "certificate is missing")]
    [InlineData("tls { certificate = node.pem, key = node.key }", "whom to trust")]
    [InlineData("tls { certificate = node.pem, key = node.key, authority = ca.pem, pins = [aa] }", "64 hexadecimal digits")]
    [InlineData("tls { certificate = node.pem, key = node.key, pins = [] }", "whom to trust")]
    [InlineData("tls { certificate = none.pem, key = node.key, authority = ca.pem }", "none.pem")]
    [InlineData("tls { certificate = node.pem, authority = ca.pem }", "do they belong together")]
    [InlineData("tls { certificate = node.pem, key = other.key, authority = ca.pem }", "do they belong together")]
    [InlineData("tls { certificate = node.pem, key = node.key, authority = node.pem }", "no self-signed certificate")]
    [InlineData("tls { certificate = node.pem, key = node.key, authority = node.key }", "no self-signed certificate")]
    [InlineData("tls { certificate = other.pem, key = other.key, authority = ca.pem }", "would refuse this certificate")]
    public void WhatCannotWorkIsRefusedInOneLineThatNamesTheFile(string text, string reason)
    {
        _authority.Node("node");
        var elsewhere = _other.Node("other");
        File.Copy(Path.ChangeExtension(elsewhere, "pem"), _authority.PathOf("other.pem"));
        File.Copy(Path.ChangeExtension(elsewhere, "key"), _authority.PathOf("other.key"));

        var message = Error(_authority.Write("my.conf", text));

        Assert.Contains(reason, message);
        Assert.DoesNotContain('\n', message);
        Assert.Contains(Path.GetDirectoryName(_authority.PathOf("x"))!, message);
    }

    [Fact]
    public void AMissingFileIsOneLine() => Assert.StartsWith("cannot read the TLS file", Error(_authority.PathOf("none.conf")), StringComparison.Ordinal);

    [Fact]
    public void TheTemplateSaysWhatAFileMaySay()
    {
        _authority.Node("node");
        using var stream = File.OpenText(Path.Combine(AppContext.BaseDirectory, "tls.conf"));
        using var identity = Read(_authority.Write("tls.conf", stream.ReadToEnd()));
        Assert.True(identity.Certificate.HasPrivateKey);
    }

    private static TlsIdentity Read(string file, string? password = null) => TlsIdentity.Read(file, password, DateTimeOffset.UtcNow);

    private static string Error(string file, string? password = null) => Assert.Throws<TlsException>(() => Read(file, password)).Message;
}
