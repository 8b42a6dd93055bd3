using System.Collections.Immutable;
using LossActors.Expressions;

namespace LossActors.Evolution.Racing;

/// <summary>A loss that is to be trained.</summary>
/// <param name="Expression">The loss.</param>
public sealed record Entrant(Expression Expression)
{
    /// <summary>Where it is measured on the way, and may be stopped; from the lowest. Empty: nowhere.</summary>
    public ImmutableArray<Rung> Rungs { get; init; } = [];
}
