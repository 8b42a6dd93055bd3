using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LossActors.Actors.Experiments;

namespace LossActors.Actors.Hosting.Tls;

/// <summary>Whose certificates are trusted: those of an authority of the user's own, or single ones. The system's authorities are never asked.</summary>
internal sealed class PeerTrust : IDisposable
{
    private readonly X509Certificate2Collection _authorities;
    private readonly ImmutableHashSet<string> _pins;

    private PeerTrust(X509Certificate2Collection authorities, ImmutableHashSet<string> pins) => (_authorities, _pins) = (authorities, pins);

    /// <summary>Trusts what these authorities signed.</summary>
    /// <param name="pem">Their certificates: at least one that signed itself, and any between it and the nodes'.</param>
    /// <param name="source">Where they stand, for messages.</param>
    /// <exception cref="TlsException">There is none.</exception>
    public static PeerTrust Authority(string pem, string source)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new TlsException($"{Shown.Bare(source)}: {Shown.FirstLine(e.Message)} It takes certificates in PEM.", e);
        }

        return authorities.Any(IsRoot)
            ? new PeerTrust(authorities, [])
            : throw new TlsException($"{Shown.Bare(source)}: there is no self-signed certificate in it; add the authority's own");
    }

    /// <summary>Trusts the certificates with these fingerprints, whoever signed them.</summary>
    /// <param name="fingerprints">SHA-256, upper-case hexadecimal.</param>
    public static PeerTrust Pinned(IEnumerable<string> fingerprints) => new([], [.. fingerprints]);

    /// <summary>Why a certificate is not trusted, in a few words; null: it is.</summary>
    public string? Refusal(X509Certificate2 certificate, DateTimeOffset now)
    {
        if (now < certificate.NotBefore || now > certificate.NotAfter)
        {
            return $"the certificate of {Name(certificate)} is valid from {certificate.NotBefore:u} to {certificate.NotAfter:u}";
        }

        return _authorities.Count == 0 ? ByPin(certificate) : ByAuthority(certificate, now);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var authority in _authorities)
        {
            authority.Dispose();
        }
    }

    private static bool IsRoot(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private static string Name(X509Certificate2 certificate) => Shown.Text(certificate.Subject);

    private string? ByPin(X509Certificate2 certificate)
    {
        var fingerprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        return _pins.Contains(fingerprint) ? null : $"the certificate of {Name(certificate)} with the fingerprint {fingerprint} is not among the pins";
    }

    // There is no revocation: whoever has an authority of their own takes a node out by another authority.
    private string? ByAuthority(X509Certificate2 certificate, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        foreach (var authority in _authorities)
        {
            (IsRoot(authority) ? chain.ChainPolicy.CustomTrustStore : chain.ChainPolicy.ExtraStore).Add(authority);
        }

        return chain.Build(certificate)
            ? null
            : $"the certificate of {Name(certificate)} is not signed by the trusted authority ({string.Join(", ", chain.ChainStatus.Select(status => status.Status))})";
    }
}
