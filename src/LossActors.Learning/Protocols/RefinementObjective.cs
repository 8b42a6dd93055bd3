namespace LossActors.Learning.Protocols;

/// <summary>What refinement lowers.</summary>
public enum RefinementObjective
{
    /// <summary>The task loss (cross-entropy, mean squared error), as in the paper.</summary>
    TaskLoss,

    /// <summary>
    /// The task loss after the best common factor on the logits. Many a learned loss that errs less leaves probabilities that are far off; cross-entropy by itself
    /// would bend such a loss towards good probabilities, at the cost of errors. Regression: the task loss.
    /// </summary>
    CalibratedTaskLoss,
}
