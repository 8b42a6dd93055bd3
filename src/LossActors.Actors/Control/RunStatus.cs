using System.Collections.Immutable;
using LossActors.Actors.Record;

namespace LossActors.Actors.Control;

/// <summary>What the owner of a run says of itself about once a second: what no journal keeps.</summary>
/// <param name="Pid">The owner.</param>
/// <param name="At">When it said so.</param>
/// <param name="Evaluators">The evaluator processes.</param>
/// <param name="Waiting">Jobs waiting for a slot.</param>
/// <param name="Leased">Jobs at work.</param>
public sealed record RunStatus(int Pid, DateTimeOffset At, ImmutableArray<EvaluatorStatus> Evaluators, int Waiting, int Leased)
{
    /// <summary>The nodes of its cluster.</summary>
    public ImmutableArray<NodeStatus> Nodes { get; init; } = [];
}
