using System.Collections.Immutable;

namespace LossActors.Learning.Protocols;

/// <summary>The base network.</summary>
public sealed record NetworkSettings
{
    /// <summary><c>layers</c>, or one that is built in: <c>linear</c> (logistic regression for classes), <c>mlp</c>, <c>lenet5</c>, <c>resnet18</c> …</summary>
    public string Kind { get; init; } = "mlp";

    /// <summary>mlp: the widths of the hidden layers.</summary>
    public ImmutableArray<int> Hidden { get; init; } = [64, 64];

    /// <summary>mlp: <c>relu</c> or <c>tanh</c>.</summary>
    public string Activation { get; init; } = "relu";

    /// <summary>layers: from the inputs on, one text each (<c>convolution 32 3x3 padding 1</c>), without the layer of the task's outputs.</summary>
    public ImmutableArray<string> Layers { get; init; } = [];
}
