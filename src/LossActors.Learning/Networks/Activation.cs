namespace LossActors.Learning.Networks;

/// <summary>What a hidden layer applies to its outputs.</summary>
public enum Activation
{
    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,
}
