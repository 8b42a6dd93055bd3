using CsCheck;
using LossActors.Expressions.Compilation;
using Xunit;

namespace LossActors.Expressions.Tests.Export;

/// <summary>Fifty random weighted expressions, the same in every run, and what the kernel makes of them.</summary>
internal static class ExportedCode
{
    private const string Seed = "eyu7sWfZYIg2";

    public static double[] Y { get; } = [1, 0, 0, 1, -1.37, 0.62, 1.91];

    public static double[] F { get; } = [0.83, 0.41, 0.07, 0.19, -0.56, 1.44, 0.91];

    public static Expression[] Fifty => Draw(TreeGen.Trees(5, TreeGen.Tuned).Where(t => t.IsLoss), 50);

    public static Expression[] Draw(Gen<Expression> generator, int count)
    {
        Expression[] trees = [];
        generator.Array[count].Sample(sample => trees = sample, seed: Seed, iter: 1, threads: 1);
        return trees;
    }

    public static void AssertAgrees(Expression expression, double[] y, double[] f, IReadOnlyList<double> value, IReadOnlyList<double> dF)
    {
        var expected = LossKernel.PointDerivatives(expression, y, f);
        for (var i = 0; i < y.Length; i++)
        {
            Assert.True(Agree(expected.Value[i], value[i]), $"{expression} at y={y[i]}, f={f[i]}: {value[i]:R}, not {expected.Value[i]:R}");
            Assert.True(Agree(expected.DF[i], dF[i]), $"d/df of {expression} at y={y[i]}, f={f[i]}: {dF[i]:R}, not {expected.DF[i]:R}");
        }
    }

    private static bool Agree(double a, double b) =>
        a.Equals(b) || (double.IsFinite(a) && double.IsFinite(b) && Math.Abs(a - b) <= 1e-9 * Math.Max(1.0, Math.Max(Math.Abs(a), Math.Abs(b))));
}
