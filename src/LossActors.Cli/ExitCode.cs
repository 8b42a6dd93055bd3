namespace LossActors.Cli;

/// <summary>What the process's exit code says. Scripts rely on the numbers.</summary>
public enum ExitCode
{
    /// <summary>Done.</summary>
    Done = 0,
    /// <summary>An error that no other code names, or a check that did not hold.</summary>
    Error = 1,
    /// <summary>Wrong usage or configuration, bad data, or an unknown run.</summary>
    Usage = 2,
    /// <summary>The search ended without a valid loss.</summary>
    NoValidLoss = 3,
    /// <summary>The run cannot be resumed as asked: data, primitives or seed differ.</summary>
    ResumeRefused = 4,
    /// <summary>This machine lacks something: a device, a native library, a port, a usable database.</summary>
    Environment = 5,
    /// <summary>Ctrl+C; the state is saved.</summary>
    Interrupted = 130,
    /// <summary>SIGTERM; the state is saved.</summary>
    Terminated = 143,
}
