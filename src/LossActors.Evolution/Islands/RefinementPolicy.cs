namespace LossActors.Evolution.Islands;

/// <summary>Which trained candidates have their coefficients tuned by meta-gradients.</summary>
public enum RefinementPolicy
{
    /// <summary>None.</summary>
    None,
    /// <summary>Those among the best share of their population when judged.</summary>
    Elites,
    /// <summary>Every one that was trained.</summary>
    All,
}
