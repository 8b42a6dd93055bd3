namespace LossActors.Evolution.Candidates;

/// <summary>How a candidate's way ended. Part of the journal: never renumber, only append.</summary>
public enum Verdict : byte
{
    /// <summary>Networks were trained under it; it has a fitness of its own.</summary>
    Trained = 0,
    /// <summary>The same canonical expression was judged before; its fitness is taken over.</summary>
    Duplicate = 1,
    /// <summary>dL/d(logits) is zero on the whole probe sample: nothing can be learned from it.</summary>
    ZeroGradient = 2,
    /// <summary>Optimising the logits themselves under it did not improve the task metric, or met NaN.</summary>
    Rejected = 3,
    /// <summary>Its gradients equal those of a candidate seen before, whose fitness it shares.</summary>
    Equivalent = 4,
    /// <summary>Training under it met NaN or infinity.</summary>
    Diverged = 5,
    /// <summary>It killed its evaluator too often.</summary>
    Quarantined = 6,
    /// <summary>Evaluation ended in an error or ran past its time limit.</summary>
    Failed = 7,
    /// <summary>Racing stopped its training at a rung; its fitness is the error it had there.</summary>
    Stopped = 8,
}
