namespace LossActors.Evolution.Evaluation;

/// <summary>The gates of a <see cref="Stage.Screen"/>. Part of the journal: only append.</summary>
public enum Gate : byte
{
    /// <summary>None stopped it.</summary>
    Passed = 0,
    /// <summary>dL/d(logits) is identically zero on the probe sample.</summary>
    ZeroGradient = 1,
    /// <summary>The rejection protocol found no improvement, or NaN.</summary>
    Rejected = 2,
}
