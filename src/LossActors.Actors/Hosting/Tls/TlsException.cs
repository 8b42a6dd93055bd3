namespace LossActors.Actors.Hosting.Tls;

/// <summary>TLS cannot be set up as asked, or with that node: the message is one line for the user (what, where, what to do).</summary>
public sealed class TlsException : Exception
{
    /// <summary>Says what is wrong, in one line.</summary>
    public TlsException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong, in one line, and keeps the cause.</summary>
    public TlsException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
