namespace LossActors.Actors.Broker;

/// <summary>Between the broker and whoever holds evaluator processes of this machine. Local.</summary>
internal static class ProcessMessages
{
    /// <summary>To the broker: the process has ended; whatever its slots held is free again.</summary>
    public sealed record Exited(string Host, int Pid);

    /// <summary>On the event stream: whoever holds this process ends it.</summary>
    public sealed record End(string Host, int Pid, string Reason);
}
