using CsCheck;
using LossActors.Expressions.Compilation;
using Xunit;

namespace LossActors.Expressions.Tests.Compilation;

public sealed class LossKernelTests
{
    [Fact]
    public void ValuesAndSlopesAgreeWithTheReferenceOnRandomTrees() =>
        Gen.Select(TreeGen.Trees(6, TreeGen.Tuned), TreeGen.Points, TreeGen.Points).Sample((tree, y, f) =>
        {
            var actual = LossKernel.PointDerivatives(tree, y, f);
            for (var i = 0; i < y.Length; i++)
            {
                var expected = ReferenceLoss.At(tree, y[i], f[i]);
                if (expected.Finite)
                {
                    AssertClose(expected.Value, actual.Value[i], 1e-9, $"value of {tree} at {y[i]}, {f[i]}");
                    AssertClose(expected.DF, actual.DF[i], 1e-9, $"d/df of {tree} at {y[i]}, {f[i]}");
                }
            }
        }, iter: 3_000);

    [Fact]
    public void DerivativesOfCoefficientsAgreeWithFiniteDifferences() =>
        Gen.Select(TreeGen.Trees(4, TreeGen.Tuned), TreeGen.Points, TreeGen.Points).Sample((tree, y, f) =>
        {
            var actual = LossKernel.PointDerivatives(tree, y, f);
            for (var i = 0; i < y.Length; i++)
            {
                Assert.Equal(0.0, actual.DW[i][0]);
                Assert.Equal(0.0, actual.D2FW[i][0]);
                for (var node = 1; node < tree.Count; node++)
                {
                    if (Difference(tree, node, y[i], f[i], 1e-5) is { } fine && Difference(tree, node, y[i], f[i], 2e-5) is { } coarse
                        && Agree(fine.DW, coarse.DW, 1e-5) && Agree(fine.D2FW, coarse.D2FW, 1e-5) && IsContinuous(tree, node, y[i], f[i], 1e-5))
                    {
                        AssertClose(fine.DW, actual.DW[i][node], 1e-5, $"d/dw{node} of {tree} at {y[i]}, {f[i]}");
                        AssertClose(fine.D2FW, actual.D2FW[i][node], 1e-5, $"d2/df dw{node} of {tree} at {y[i]}, {f[i]}");
                    }
                }
            }
        }, iter: 2_000);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(127)]
    [InlineData(513)]
    [InlineData(5000)]
    public void AnyNumberOfPointsGivesWhatEachPointGivesAlone(int points)
    {
        var tree = Expression.Parse("0.9*(tanh(1.1*f) * log(0.8*f / y) + max(y, 0.7*square(f)))");
        double[] y = Ramp(points, 0.37), f = Ramp(points, -0.83), u = Ramp(points, 0.11), w = [.. tree.Weights];
        double[] value = new double[points], dF = new double[points], sumDw = new double[tree.Count], sumD2Fw = new double[tree.Count];
        LossKernel.Compile(tree).MetaGradient<double>(y, f, w, u, value, dF, sumDw, sumD2Fw);
        double[] expectedDw = new double[tree.Count], expectedD2Fw = new double[tree.Count];
        for (var i = 0; i < points; i++)
        {
            var alone = LossKernel.PointDerivatives(tree, y.AsSpan(i, 1), f.AsSpan(i, 1));
            Assert.Equal(alone.Value[0], value[i]);
            Assert.Equal(alone.DF[0], dF[i]);
            for (var node = 0; node < tree.Count; node++)
            {
                expectedDw[node] += alone.DW[0][node];
                expectedD2Fw[node] += u[i] * alone.D2FW[0][node];
            }
        }

        for (var node = 0; node < tree.Count; node++)
        {
            AssertClose(expectedDw[node], sumDw[node], 1e-10, $"sum of d/dw{node}");
            AssertClose(expectedD2Fw[node], sumD2Fw[node], 1e-10, $"sum of d2/df dw{node}");
        }
    }

    [Fact]
    public void NoPointsAreNoError()
    {
        var sums = new double[3];
        LossKernel.Compile(Expression.Parse("y * f")).MetaGradient<float>([], [], [1, 1, 1], [], [], [], sums, new double[3]);
        Assert.Equal([0, 0, 0], sums);
    }

    [Fact]
    public void LengthsMustAgree()
    {
        var kernel = LossKernel.Compile(Expression.Parse("y * f"));
        Assert.Throws<ArgumentException>(() => kernel.Value<double>([1], [1, 2], [1, 1, 1], new double[1]));
        Assert.Throws<ArgumentException>(() => kernel.Value<double>([1], [1], [1, 1], new double[1]));
        Assert.Throws<ArgumentException>(() => kernel.Gradient<double>([1], [1], [1, 1, 1], new double[1], new double[2]));
    }

    [Fact]
    public void AKernelServesManyThreads()
    {
        var tree = Expression.Parse("square(y - 0.9*f) + log(1.3*f)");
        var kernel = LossKernel.Compile(tree);
        double[] y = Ramp(3000, 0.37), f = Ramp(3000, -0.83), w = [.. tree.Weights], expected = new double[3000];
        kernel.Value<double>(y, f, w, expected);
        Parallel.For(0, 64, _ =>
        {
            var value = new double[3000];
            kernel.Value<double>(y, f, w, value);
            Assert.Equal(expected, value);
        });
    }

    [Fact]
    public void HotCallsAllocateNothing()
    {
        var tree = Expression.Parse("0.9*(tanh(1.1*f) * log(0.8*f / y) + max(y, 0.7*square(f)))");
        var kernel = LossKernel.Compile(tree);
        float[] y = new float[1280], f = new float[1280], w = [.. tree.Weights.Select(c => (float)c)], value = new float[1280], dF = new float[1280];
        double[] sumDw = new double[tree.Count], sumD2Fw = new double[tree.Count];
        var allocated = long.MaxValue;
        // The first calls run unoptimised code, in which generic arithmetic boxes.
        for (var attempt = 0; attempt < 50_000 && allocated > 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Call();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);

        void Call()
        {
            kernel.Gradient<float>(y, f, w, value, dF);
            kernel.MetaGradient<float>(y, f, w, f, value, dF, sumDw, sumD2Fw);
        }
    }

    private static double[] Ramp(int points, double start) => [.. Enumerable.Range(0, points).Select(i => start + (1.9 * Math.Sin(i * 0.7 + start)))];

    // None at a kink or a clamp. (A jump of a sign shows as a quotient that depends on the step.)
    private static (double DW, double D2FW)? Difference(Expression tree, int node, double y, double f, double step)
    {
        var w = tree.Weights.ToArray();
        var middle = ReferenceLoss.At(tree, y, f);
        w[node] += step;
        var up = ReferenceLoss.At(tree.WithWeights(w), y, f);
        w[node] -= 2 * step;
        var down = ReferenceLoss.At(tree.WithWeights(w), y, f);
        return up.Finite && down.Finite && Smooth(up.Value, middle.Value, down.Value) && Smooth(up.DF, middle.DF, down.DF)
            ? ((up.Value - down.Value) / (2 * step), (up.DF - down.DF) / (2 * step))
            : null;

        bool Smooth(double up, double middle, double down) =>
            Math.Abs(up - middle - (middle - down)) <= 1e-3 * Math.Max(Math.Abs(up - down), step);
    }

    // At a tie both sides may be flat and meet, as in max(f, min(0.9 * f, f)) around 1 instead of 0.9: no quotient shows that each argument counts for a part there.
    private static bool IsContinuous(Expression tree, int node, double y, double f, double step)
    {
        var (down, middle, up) = (At(-step), At(0), At(step));
        return Agree(down.DW, middle.DW, 1e-2) && Agree(up.DW, middle.DW, 1e-2) && Agree(down.D2FW, middle.D2FW, 1e-2) && Agree(up.D2FW, middle.D2FW, 1e-2);

        (double DW, double D2FW) At(double shift)
        {
            var w = tree.Weights.ToArray();
            w[node] += shift;
            var derivatives = LossKernel.PointDerivatives(tree.WithWeights(w), [y], [f]);
            return (derivatives.DW[0][node], derivatives.D2FW[0][node]);
        }
    }

    private static bool Agree(double a, double b, double tolerance) =>
        double.IsFinite(a) && double.IsFinite(b) && Math.Abs(a - b) <= tolerance * Math.Max(1.0, Math.Max(Math.Abs(a), Math.Abs(b)));

    private static void AssertClose(double expected, double actual, double tolerance, string what) =>
        Assert.True(Agree(expected, actual, tolerance), $"{what}: expected {expected:R}, got {actual:R}");
}
