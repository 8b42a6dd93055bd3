using System.Collections.Immutable;
using LossActors.Expressions;

namespace LossActors.Learning.Losses.Batched;

/// <summary>Nodes that are computed at once.</summary>
/// <param name="Primitive">What they compute.</param>
/// <param name="Rows">Where their values go.</param>
/// <param name="First">Rows of their first arguments; meaningless for terminals.</param>
/// <param name="Second">Rows of their second arguments; meaningless for others than functions of two.</param>
/// <param name="Members">To whose losses they belong.</param>
internal sealed record NodeGroup(
    Primitive Primitive, ImmutableArray<int> Rows, ImmutableArray<int> First, ImmutableArray<int> Second, ImmutableArray<int> Members);
