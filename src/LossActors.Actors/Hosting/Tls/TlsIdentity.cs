using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Event;
using Akka.Remote.Transport.DotNetty;
using LossActors.Actors.Experiments;

namespace LossActors.Actors.Hosting.Tls;

/// <summary>Who this node is to the others of its cluster, and whom it trusts: its certificate with the private key, and its <see cref="PeerTrust"/>.</summary>
public sealed class TlsIdentity : IDisposable
{
    /// <summary>Name of the environment variable with the password of an encrypted key.</summary>
    public const string PasswordVariable = "LOSSACTORS_TLS_PASSWORD";

    private TlsIdentity(string source, X509Certificate2 certificate, PeerTrust trust) => (Source, Certificate, Trust) = (source, certificate, trust);

    /// <summary>Full path of the TLS file that it was read from.</summary>
    public string Source { get; }

    /// <summary>This node's certificate, with its private key.</summary>
    internal X509Certificate2 Certificate { get; }

    /// <summary>Whom it trusts.</summary>
    internal PeerTrust Trust { get; }

    /// <summary>Reads a TLS file (see hocon/tls.conf) and the files that it names.</summary>
    /// <param name="path">The TLS file.</param>
    /// <param name="password">Of an encrypted key, where no file holds it; null: none.</param>
    /// <param name="now">Certificates have to be valid now.</param>
    /// <exception cref="TlsException">A file is missing or broken, they do not belong together, or the certificate would be refused by nodes that trust like this one.</exception>
    public static TlsIdentity Read(string path, string? password, DateTimeOffset now)
    {
        var file = TlsFile.Read(path);
        var certificate = Own(file, file.PasswordFile is { } secret ? Text(secret).Trim() : password);
        try
        {
            if (!certificate.HasPrivateKey)
            {
                throw new TlsException($"{Shown.Bare(file.Certificate)}: there is no private key in it; name its file as key in {Shown.Bare(path)}");
            }

            var trust = file.Authority is { } authority ? PeerTrust.Authority(Text(authority), authority) : PeerTrust.Pinned(file.Pins);
            return trust.Refusal(certificate, now) is { } refusal
                ? throw new TlsException($"{Shown.Bare(file.Certificate)}: nodes that trust as {Shown.Bare(path)} says would refuse this certificate: {refusal}")
                : new TlsIdentity(file.Source, certificate, trust);
        }
        catch
        {
            certificate.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Certificate.Dispose();
        Trust.Dispose();
    }

    /// <summary>The same for Akka.Remote: certificates are asked for in both directions, and nothing but <see cref="Trust"/> decides.</summary>
    internal DotNettySslSetup Setup(TimeProvider time) => new(
        Certificate, suppressValidation: false, requireMutualAuthentication: true, validateCertificateHostname: false,
        customValidator: (peer, _, address, _, log) =>
        {
            var refusal = peer is null ? "it shows no certificate" : Trust.Refusal(peer, time.GetUtcNow());
            if (refusal is not null)
            {
                log.Warning("Refused a peer ({0}): {1}", string.IsNullOrEmpty(address) ? "its address is unknown" : address, refusal);
            }

            return refusal is null;
        });

    private static X509Certificate2 Own(TlsFile file, string? password)
    {
        try
        {
            var certificate = Path.GetExtension(file.Certificate).ToUpperInvariant() is ".PFX" or ".P12"
                ? X509CertificateLoader.LoadPkcs12FromFile(file.Certificate, password, X509KeyStorageFlags.Exportable)
                : password is null
                    ? X509Certificate2.CreateFromPemFile(file.Certificate, file.Key)
                    : X509Certificate2.CreateFromEncryptedPemFile(file.Certificate, password, file.Key);
            return OperatingSystem.IsWindows() ? Persisted(certificate) : certificate;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new TlsException(
                $"{Shown.Bare(file.Certificate)}{(file.Key is { } key ? $" with the key {Shown.Bare(key)}" : "")}: {Shown.FirstLine(e.Message)} Are both PEM, do they belong together, and is the password ({PasswordVariable} or password-file) right?", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TlsException($"cannot read the certificate or its key: {Shown.FirstLine(e.Message)}", e);
        }
    }

    // Windows' TLS does not take keys that are in memory only.
    private static X509Certificate2 Persisted(X509Certificate2 certificate)
    {
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        }
    }

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TlsException($"cannot read {Shown.Bare(path)}: {Shown.FirstLine(e.Message)}", e);
        }
    }
}
