namespace LossActors.Evolution.Evaluation;

/// <summary>The steps of a candidate's way that need an evaluator slot, in their order. Part of the journal: only append.</summary>
public enum Stage : byte
{
    /// <summary>Tune the parent's coefficients by meta-gradients (candidates of origin Refinement begin here).</summary>
    Refine = 0,
    /// <summary>The cheap gates: zero gradient, rejection protocol, gradient fingerprint.</summary>
    Screen = 1,
    /// <summary>Train base networks under the loss and measure the fitness.</summary>
    Train = 2,
}
