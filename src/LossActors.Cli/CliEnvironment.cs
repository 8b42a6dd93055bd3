namespace LossActors.Cli;

/// <summary>What a command knows of the world it was called in. Tests bring their own.</summary>
public sealed record CliEnvironment
{
    /// <summary>Data.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Progress and diagnostics.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether <see cref="Out"/> is a terminal.</summary>
    public bool IsOutTerminal { get; init; }

    /// <summary>Whether <see cref="Error"/> is a terminal, so that a live display can be drawn there.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Whether Ctrl+C and SIGTERM of this process belong to the command.</summary>
    public bool OwnsSignals { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>An environment variable; null where it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;

    /// <summary>The real console.</summary>
    public static CliEnvironment OfThisProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        IsOutTerminal = !Console.IsOutputRedirected,
        IsErrorTerminal = !Console.IsErrorRedirected,
        OwnsSignals = true,
        Variable = Environment.GetEnvironmentVariable,
    };
}
