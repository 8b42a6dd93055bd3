namespace LossActors.Learning.Protocols;

/// <summary>How coefficients are tuned by unrolled meta-gradients.</summary>
public sealed record RefinementSettings
{
    /// <summary>Meta steps (Adam).</summary>
    public int Steps { get; init; } = 250;

    /// <summary>Base steps unrolled per meta step.</summary>
    public int InnerSteps { get; init; } = 1;

    /// <summary>Adam's learning rate.</summary>
    public double LearningRate { get; init; } = 1e-3;
}
