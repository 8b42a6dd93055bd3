using LossActors.Learning.Protocols;

namespace LossActors.Actors.Broker;

/// <summary>What a broker hands out work for.</summary>
public sealed record BrokerOptions
{
    /// <summary>The run's id; part of the epoch, so that results never wander from one run to another.</summary>
    public required string Run { get; init; }

    /// <summary>Sent to each slot, once per epoch.</summary>
    public required EvaluationProtocol Protocol { get; init; }

    /// <summary>What the protocol's data hashes to; evaluators with other data are refused.</summary>
    public required string DataHash { get; init; }

    /// <summary>Times of the lease protocol.</summary>
    public LeaseSettings Leases { get; init; } = new();
}
