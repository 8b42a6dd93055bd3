namespace LossActors.Actors.Simulation;

/// <summary>
/// What the search node spends on one thing, in seconds. Medians of <see cref="ServiceTimeMeasurement"/> on two cores of a shared machine, but for three: <see cref="Message"/> is
/// mostly, <see cref="Dispatch"/> and <see cref="Commit"/> are wholly assumed.
/// </summary>
public sealed record ServiceTimes
{
    /// <summary>Broker: a report of a slot that changes nothing.</summary>
    public double Report { get; init; } = 1.1e-6;

    /// <summary>Broker: per job, all that its offer, grant, result and acknowledgement take of its one thread.</summary>
    public double Job { get; init; } = 2e-6;

    /// <summary>Broker: per slot, twice a second, for supervision and for whoever watches.</summary>
    public double Supervision { get; init; } = 0.24e-6;

    /// <summary>An actor's message, besides what is done about it: dispatch and telling.</summary>
    public double Dispatch { get; init; } = 1e-6;

    /// <summary>Transport: a message between nodes, written or read. A tenth of it is the serializer, measured; the rest stands for remoting and sockets.</summary>
    public double Message { get; init; } = ServiceTimeMeasurement.Remoting + 0.9e-6;

    /// <summary>Transport: per job in a lease or its result, written or read.</summary>
    public double MessageJob { get; init; } = 2.2e-6;

    /// <summary>Island: a command, besides what depends on births in flight.</summary>
    public double Command { get; init; } = 9.6e-6;

    /// <summary>Island: per command and birth in flight.</summary>
    public double CommandInFlight { get; init; } = 0.052e-6;

    /// <summary>
    /// Journal and record: core time per event. It is what remains of the engine's benchmark, which took two cores 266 µs for a candidate on a quiet machine (tests/Results/engine.json);
    /// its evaluator node is in it.
    /// </summary>
    public double Event { get; init; } = 58e-6;

    /// <summary>Journal: from the moment rows are written until they are durable; of a disk that is made to keep them.</summary>
    public double Commit { get; init; } = 4e-3;
}
