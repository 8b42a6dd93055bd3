namespace LossActors.ProcessTests.Machine;

/// <summary>Signals by their numbers on Linux.</summary>
internal enum Signal
{
    /// <summary>SIGINT: Ctrl+C.</summary>
    Interrupt = 2,
    /// <summary>SIGKILL.</summary>
    Kill = 9,
    /// <summary>SIGTERM.</summary>
    Terminate = 15,
    /// <summary>SIGCONT.</summary>
    Thaw = 18,
    /// <summary>SIGSTOP.</summary>
    Freeze = 19,
}
