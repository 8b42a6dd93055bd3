namespace LossActors.Learning.Native;

/// <summary>
/// This machine lacks something that the work needs: a native library, a symbol version, a device. The message is one line fit for the console: what, where
/// and what to do. Commands that meet it exit with code 5.
/// </summary>
public sealed class EnvironmentException : Exception
{
    /// <summary>An exception with a message for the user.</summary>
    public EnvironmentException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message for the user and its cause.</summary>
    public EnvironmentException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
