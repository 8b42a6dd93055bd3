using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace LossActors.Actors.Hosting.Tls;

/// <summary>Tries whether a search node and this one trust each other, before an actor system does, which would only try again and again.</summary>
public static class TlsProbe
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    // Since TLS 1.3 a server looks at the client's certificate when the client believes to be done: who is refused learns of it by what comes next.
    private static readonly TimeSpan s_verdict = TimeSpan.FromSeconds(1);

    /// <summary>Shakes hands and says no more.</summary>
    /// <param name="stream">A connection to the search node; closed afterwards.</param>
    /// <param name="identity">This node's.</param>
    /// <param name="address">The search node's, for messages.</param>
    /// <param name="time">The clock that certificates have to be valid by.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="TlsException">One of both refuses the other, or there is no TLS.</exception>
    public static async Task ShakeHandsAsync(NetworkStream stream, TlsIdentity identity, string address, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(identity);
        string? refusal = null;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(s_patience);
        await using var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = address,
                    ClientCertificates = [identity.Certificate],
                    RemoteCertificateValidationCallback = (_, peer, _, _) =>
                        (refusal = peer is X509Certificate2 certificate ? identity.Trust.Refusal(certificate, time.GetUtcNow()) : "it shows no certificate") is null,
                },
                patience.Token).ConfigureAwait(false);
            patience.CancelAfter(s_verdict);
            if (await tls.ReadAsync(new byte[1], patience.Token).ConfigureAwait(false) == 0)
            {
                throw new IOException("it closed the connection");
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested && tls.IsAuthenticated)
        {
            // Silence: it waits for a first message, as it should.
        }
        catch (Exception) when (refusal is not null)
        {
            throw new TlsException($"the search node at {address} is not trusted here: {refusal}");
        }
        catch (Exception e) when (e is IOException or AuthenticationException && tls.IsAuthenticated)
        {
            throw new TlsException($"the search node at {address} refuses this node's certificate; is it signed by the authority, or among the pins, that the search was started with?", e);
        }
        catch (Exception e) when (e is IOException or AuthenticationException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new TlsException($"there is no TLS at {address}; was the search started with --tls?", e);
        }
    }
}
