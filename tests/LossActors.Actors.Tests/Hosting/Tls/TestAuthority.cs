using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LossActors.Actors.Tests.Hosting.Tls;

/// <summary>An authority of a test's own, and files as nodes have them, in a folder that ends with it.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lossactors-tls-");
    private readonly X509Certificate2 _root;

    public TestAuthority(string name = "test authority")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        _root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(30));
        Write("ca.pem", _root.ExportCertificatePem());
    }

    public string PathOf(string file) => Path.Combine(_folder.FullName, file);

    public string Write(string file, string text)
    {
        File.WriteAllText(PathOf(file), text);
        return PathOf(file);
    }

    /// <summary>Signs a certificate and writes it with its key; gives a TLS file that names them and this authority.</summary>
    public string Node(string name, int days = 10)
    {
        using var certificate = Sign(name, days);
        return Node(name, certificate, "authority = ca.pem");
    }

    /// <summary>The same of a certificate that signed itself.</summary>
    public string SelfSigned(string name, string trust)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(10));
        return Node(name, certificate, trust.Replace("OWN", certificate.GetCertHashString(HashAlgorithmName.SHA256), StringComparison.Ordinal));
    }

    /// <summary>A certificate of this authority with its key, for so many days (less than 0: no longer).</summary>
    public X509Certificate2 Sign(string name, int days = 10)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var signed = request.Create(_root, DateTimeOffset.UtcNow.AddDays(-1.5), DateTimeOffset.UtcNow.AddDays(days), RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }

    public void Dispose()
    {
        _root.Dispose();
        _folder.Delete(recursive: true);
    }

    private string Node(string name, X509Certificate2 certificate, string trust)
    {
        Write($"{name}.pem", certificate.ExportCertificatePem());
        Write($"{name}.key", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return Write($"{name}.conf", $"tls {{ certificate = {name}.pem, key = {name}.key, {trust} }}");
    }
}
