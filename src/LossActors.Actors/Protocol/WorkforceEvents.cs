namespace LossActors.Actors.Protocol;

/// <summary>Published on the search node's event stream for whoever watches the workforce. They never leave that process.</summary>
public static class WorkforceEvents
{
    /// <summary>The broker (re)started with an empty book: whoever waits for a job offers it again.</summary>
    /// <param name="Epoch">The epoch that begins.</param>
    public sealed record BrokerStarted(string Epoch);

    /// <summary>A slot cannot open its bench (device, native library or data missing): an error of the environment, and it gets no work.</summary>
    /// <param name="Slot">Which slot.</param>
    /// <param name="Host">On which machine.</param>
    /// <param name="Reason">One line.</param>
    public sealed record SlotRefused(string Slot, string Host, string Reason);

    /// <summary>An evaluator process of this machine ended by itself; it is started again.</summary>
    /// <param name="Number">Which one, from 0.</param>
    /// <param name="Pid">Its process id.</param>
    /// <param name="ExitCode">As the system reports it (128 + signal when killed).</param>
    /// <param name="InARow">How often in a row it ended soon after its start; high when it cannot run at all.</param>
    /// <param name="Log">The file with its last words.</param>
    public sealed record ProcessEnded(int Number, int Pid, int ExitCode, int InARow, string Log);

    /// <summary>An evaluator process could not be started at all.</summary>
    /// <param name="Number">Which one, from 0.</param>
    /// <param name="Reason">One line.</param>
    public sealed record ProcessNotStarted(int Number, string Reason);
}
