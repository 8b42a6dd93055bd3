using System.Collections.Immutable;

namespace LossActors.Learning.Protocols;

/// <summary>How a base network is trained: SGD as PyTorch defines it.</summary>
public sealed record TrainingSettings
{
    /// <summary>SGD steps.</summary>
    public int Steps { get; init; } = 500;

    /// <summary>Learning rate.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Instances per batch; the whole training part if it is smaller.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Momentum, in [0, 1).</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Nesterov's form of momentum.</summary>
    public bool Nesterov { get; init; } = true;

    /// <summary>L2 penalty, added to the gradient.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>Steps at which the learning rate is multiplied by <see cref="Decay"/>.</summary>
    public ImmutableArray<int> Milestones { get; init; } = [];

    /// <summary>The factor applied at each milestone.</summary>
    public double Decay { get; init; } = 0.1;

    /// <summary>
    /// Where the fitness is measured besides the end, against losses that are good at one length only: shares of <see cref="Steps"/> below 1, numbers of steps from 1 on; rising.
    /// </summary>
    public ImmutableArray<double> Horizons { get; init; } = [];

    /// <summary>After how many steps the horizons lie.</summary>
    public ImmutableArray<int> StepsOfHorizons() => [.. Horizons.Select(horizon => horizon < 1 ? Math.Max(1, (int)Math.Round(horizon * Steps)) : (int)horizon)];
}
