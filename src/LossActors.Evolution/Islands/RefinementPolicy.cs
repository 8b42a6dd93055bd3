namespace LossActors.Evolution.Islands;

/// <summary>Which candidates have their coefficients tuned by meta-gradients, and when.</summary>
public enum RefinementPolicy
{
    /// <summary>None.</summary>
    None,
    /// <summary>Those among the best share of their population when judged.</summary>
    Elites,
    /// <summary>Every one that was trained.</summary>
    All,
    /// <summary>Every one that passed the gates, before it is trained: its fitness is the tuned loss's (Raymond et al., 2023).</summary>
    BeforeTraining,
}
