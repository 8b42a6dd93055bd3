namespace LossActors.Expressions.Numerics;

/// <summary>
/// Logarithm and hyperbolic tangent of a constant, by additions, multiplications and divisions alone: bit for bit the same on every platform,
/// which the C library behind <see cref="Math"/> is not, and hashes of folded constants must be.
/// </summary>
/// <remarks>Polynomials of fdlibm (Sun Microsystems, 1993) and Cephes (Moshier, 1989); errors below one unit in the last place or two.</remarks>
internal static class PortableMath
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>The natural logarithm of a normal positive number.</summary>
    public static double Log(double x)
    {
        if (!double.IsFinite(x))
        {
            return x;
        }

        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (mantissa > 1.4142135623730951)
        {
            mantissa *= 0.5;
            exponent++;
        }

        var f = mantissa - 1.0;
        var s = f / (2.0 + f);
        var z = s * s;
        var r = z * (6.666666666666735130e-01 + (z * (3.999999999940941908e-01 + (z * (2.857142874366239149e-01 + (z * (2.222219843214978396e-01
            + (z * (1.818357216161805012e-01 + (z * (1.531383769920937332e-01 + (z * 1.479819860511658591e-01))))))))))));
        var half = 0.5 * f * f;
        return (exponent * Ln2High) - (half - ((s * (half + r)) + (exponent * Ln2Low)) - f);
    }

    /// <summary>The hyperbolic tangent.</summary>
    public static double Tanh(double x)
    {
        var size = Math.Abs(x);
        if (size < 0.625)
        {
            var z = x * x;
            var p = (((-9.64399179425052238628e-1 * z) - 9.92877231001918586564e1) * z) - 1.61468768441708447952e3;
            var q = ((((z + 1.12811678491632931402e2) * z) + 2.23548839060100448583e3) * z) + 4.84406305325125486048e3;
            return x + (x * z * (p / q));
        }

        // Beyond 22, 1 - tanh is below half a unit in the last place.
        var result = size > 22.0 ? 1.0 : 1.0 - (2.0 / (Exp(2.0 * size) + 1.0));
        return double.IsNaN(x) ? x : Math.CopySign(result, x);
    }

    // For arguments in [0, 44].
    private static double Exp(double x)
    {
        var k = (int)((x * 1.44269504088896338700) + 0.5);
        var high = x - (k * Ln2High);
        var low = k * Ln2Low;
        var r = high - low;
        var t = r * r;
        var c = r - (t * (1.66666666666666019037e-01 + (t * (-2.77777777770155933842e-03 + (t * (6.61375632143793436117e-05
            + (t * (-1.65339022054652515390e-06 + (t * 4.13813679705723846039e-08)))))))));
        var y = 1.0 - (low - (r * c / (2.0 - c)) - high);
        return y * BitConverter.Int64BitsToDouble((k + 1023L) << 52);
    }
}
