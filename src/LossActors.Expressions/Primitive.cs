namespace LossActors.Expressions;

/// <summary>The symbols an expression is made of: four terminals and twelve functions.</summary>
/// <remarks>
/// Raymond et al., "Learning Symbolic Model-Agnostic Loss Functions via Meta-Learning", TPAMI 45(11), 2023.
/// The numbers are part of the canonical hash and of every journal: never renumber, only append.
/// </remarks>
public enum Primitive : byte
{
    /// <summary>The target y.</summary>
    Y = 0,
    /// <summary>The prediction f(x).</summary>
    F = 1,
    /// <summary>The constant 1.</summary>
    One = 2,
    /// <summary>The constant -1.</summary>
    MinusOne = 3,
    /// <summary>a + b.</summary>
    Add = 4,
    /// <summary>a - b.</summary>
    Sub = 5,
    /// <summary>a · b.</summary>
    Mul = 6,
    /// <summary>The smaller of a and b; at a tie each argument gets half of the gradient.</summary>
    Min = 7,
    /// <summary>The larger of a and b; at a tie each argument gets half of the gradient.</summary>
    Max = 8,
    /// <summary>The analytic quotient a / sqrt(1 + b²) (Ni, Drieberg and Rockett, 2013).</summary>
    Div = 9,
    /// <summary>-1, 0 or 1; its derivative is 0 everywhere.</summary>
    Sign = 10,
    /// <summary>a².</summary>
    Square = 11,
    /// <summary>|a|; its derivative at 0 is 0.</summary>
    Abs = 12,
    /// <summary>The hyperbolic tangent.</summary>
    Tanh = 13,
    /// <summary>ln(max(|a|, 1e-7)); its derivative below the clamp is 0.</summary>
    Log = 14,
    /// <summary>sqrt(max(|a|, 1e-7)); its derivative below the clamp is 0.</summary>
    Sqrt = 15,
}
