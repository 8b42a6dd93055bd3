namespace LossActors.Actors.Simulation;

/// <summary>
/// What the search node spends on one thing, in seconds. The defaults were measured; <c>lossactors simulate --measure</c>
/// measures them where it runs.
/// </summary>
public sealed record ServiceTimes
{
    /// <summary>Broker: a report of a slot that changes nothing.</summary>
    public double Report { get; init; } = 1e-6;

    /// <summary>Broker: per job of a lease, all that its offer, grant, result and acknowledgement take of its one thread.</summary>
    public double Job { get; init; } = 10e-6;

    /// <summary>Broker: per slot and second, for supervision and for whoever watches.</summary>
    public double Supervision { get; init; } = 1e-6;

    /// <summary>An actor's message, besides what is done about it: dispatch and telling.</summary>
    public double Dispatch { get; init; } = 1e-6;

    /// <summary>Transport: a message between nodes, written or read.</summary>
    public double Message { get; init; } = 20e-6;

    /// <summary>Transport: per job in a lease or its result, written or read.</summary>
    public double MessageJob { get; init; } = 5e-6;

    /// <summary>Island: a command, besides what depends on births in flight.</summary>
    public double Command { get; init; } = 20e-6;

    /// <summary>Island: per command and birth in flight.</summary>
    public double CommandInFlight { get; init; } = 0.3e-6;

    /// <summary>Journal and record: core time per event.</summary>
    public double Event { get; init; } = 20e-6;

    /// <summary>Journal: from the moment a row is written until it is durable.</summary>
    public double Commit { get; init; } = 4e-3;
}
