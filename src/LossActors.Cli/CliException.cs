namespace LossActors.Cli;

/// <summary>Ends a command with one line for the user and an exit code.</summary>
/// <param name="message">What, where, what to do; one line.</param>
/// <param name="exitCode">What the process exits with.</param>
public sealed class CliException(string message, ExitCode exitCode = ExitCode.Usage) : Exception(message)
{
    /// <summary>What the process exits with.</summary>
    public ExitCode ExitCode { get; } = exitCode;
}
