namespace LossActors.Actors.Experiments;

/// <summary>How a run looks for losses. Stored with runs: only append.</summary>
public enum SearchMethod
{
    /// <summary>Islands of expressions evolve.</summary>
    Evolution = 0,

    /// <summary>ML3: neural losses, each trained by meta-gradients from random weights of its own.</summary>
    Ml3 = 1,

    /// <summary>None: the task loss is measured at its learning rates, and that is all.</summary>
    Baseline = 2,
}
