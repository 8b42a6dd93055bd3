using System.Collections.Immutable;

namespace LossActors.Learning.Protocols;

/// <summary>The base network.</summary>
public sealed record NetworkSettings
{
    /// <summary><c>linear</c> (logistic regression for classes), <c>mlp</c> or <c>lenet5</c>.</summary>
    public string Kind { get; init; } = "mlp";

    /// <summary>mlp: the widths of the hidden layers.</summary>
    public ImmutableArray<int> Hidden { get; init; } = [64, 64];

    /// <summary>mlp: <c>relu</c> or <c>tanh</c>.</summary>
    public string Activation { get; init; } = "relu";
}
