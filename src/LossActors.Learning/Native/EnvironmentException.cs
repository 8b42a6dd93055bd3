namespace LossActors.Learning.Native;

/// <summary>
/// This machine lacks something that the work needs: a native library, a symbol version, a device. The message is one line fit for the console: what, where
/// and what to do. Commands that meet it exit with code 5.
/// </summary>
public sealed class EnvironmentException : Exception
{
    /// <summary>An exception with one line for the user.</summary>
    public EnvironmentException(string message)
        : base(message) => Problem = message;

    /// <summary>An exception whose message is the problem and, after a semicolon, the remedy.</summary>
    /// <param name="problem">What is wrong, and where.</param>
    /// <param name="remedy">What to do about it.</param>
    /// <param name="cause">What brought it to light.</param>
    public EnvironmentException(string problem, string remedy, Exception? cause = null)
        : base($"{problem}; {remedy}", cause) => (Problem, Remedy) = (problem, remedy);

    /// <summary>What is wrong, and where.</summary>
    public string Problem { get; }

    /// <summary>What to do about it; null if that is not known, or stands in the problem.</summary>
    public string? Remedy { get; }
}
