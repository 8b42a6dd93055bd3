namespace LossActors.Expressions.Canonical;

/// <summary>Arithmetic on coefficients that refuses results which would lose what they stand for.</summary>
internal static class Scale
{
    /// <summary>The product, unless it overflows or loses digits to underflow.</summary>
    public static bool TryMultiply(double a, double b, out double product)
    {
        product = a * b;
        return double.IsNormal(product) || Math.Abs(a) == 1.0 || Math.Abs(b) == 1.0;
    }

    /// <summary>The quotient, unless it overflows or loses digits to underflow.</summary>
    public static bool TryDivide(double a, double b, out double quotient)
    {
        quotient = a / b;
        return double.IsNormal(quotient) || Math.Abs(b) == 1.0;
    }

    /// <summary>The quotient, if it is exact.</summary>
    public static bool TryDivideExactly(double a, double b, out double quotient) =>
        TryDivide(a, b, out quotient) && Math.FusedMultiplyAdd(quotient, b, -a) == 0.0;
}
