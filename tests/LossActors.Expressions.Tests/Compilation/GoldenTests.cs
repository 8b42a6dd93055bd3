using System.Numerics;
using System.Text.Json;
using LossActors.Expressions.Compilation;
using Xunit;

namespace LossActors.Expressions.Tests.Compilation;

/// <summary>200 weighted expressions whose values and derivatives PyTorch computed in double precision.</summary>
public sealed class GoldenTests
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, PropertyNameCaseInsensitive = true };

    private static readonly Row[] s_rows =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "expressions.jsonl"))
            .Select(line => JsonSerializer.Deserialize<Row>(line, s_json)!),
    ];

    [Fact]
    public void AllRowsAgreeInDouble()
    {
        Assert.Equal(200, s_rows.Length);
        Assert.Empty(s_rows.Where(row => !Agrees<double>(row, 1e-9)).Select(row => row.Expr));
    }

    [Fact]
    public void NinetyNineInAHundredRowsAgreeInFloat() =>
        Assert.InRange(s_rows.Count(row => !Agrees<float>(row, 1e-4)), 0, 2);

    [Fact]
    public void PointDerivativesAddUpToTheGoldenSums() =>
        Assert.All(s_rows, row =>
        {
            var points = LossKernel.PointDerivatives(row.Expression(), row.Y, row.F);
            Assert.True(Close(row.Value, points.Value, 1e-9) && Close(row.D_F, points.DF, 1e-9), row.Expr);
            Assert.True(Close(row.Sum_D_W, Sums(points.DW), 1e-9) && Close(row.Sum_D2_F_W, Sums(points.D2FW), 1e-9), row.Expr);
        });

    private static bool Agrees<T>(Row row, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var points = row.Y.Length;
        T[] y = Convert<T>(row.Y), f = Convert<T>(row.F), w = Convert<T>(row.W), ones = [.. Enumerable.Repeat(T.One, points)];
        T[] value = new T[points], dF = new T[points], metaValue = new T[points], metaDF = new T[points];
        double[] sumDw = new double[w.Length], sumD2Fw = new double[w.Length];
        var kernel = LossKernel.Compile(row.Expression());
        kernel.MetaGradient<T>(y, f, w, ones, metaValue, metaDF, sumDw, sumD2Fw);
        kernel.Gradient<T>(y, f, w, value, dF);
        Assert.Equal(metaValue, value);
        Assert.Equal(metaDF, dF);
        kernel.Value<T>(y, f, w, value);
        Assert.Equal(metaValue, value);
        return Close(row.Value, Widen(value), tolerance) && Close(row.D_F, Widen(dF), tolerance)
            && Close(row.Sum_D_W, sumDw, tolerance) && Close(row.Sum_D2_F_W, sumD2Fw, tolerance);
    }

    private static bool Close(double[] expected, double[] actual, double tolerance) =>
        expected.Zip(actual, (a, b) => double.IsFinite(b) && Math.Abs(a - b) <= tolerance * Math.Max(1.0, Math.Max(Math.Abs(a), Math.Abs(b)))).All(c => c)
        && expected.Length == actual.Length;

    private static double[] Sums(double[][] byPoint) => [.. Enumerable.Range(0, byPoint[0].Length).Select(node => byPoint.Sum(point => point[node]))];

    private static T[] Convert<T>(double[] numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Array.ConvertAll(numbers, T.CreateChecked);

    private static double[] Widen<T>(T[] numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Array.ConvertAll(numbers, double.CreateChecked);

    private sealed record Row(string Expr, double[] W, double[] Y, double[] F, double[] Value, double[] D_F, double[] Sum_D_W, double[] Sum_D2_F_W)
    {
        public Expression Expression() => Expressions.Expression.Parse(Expr).WithWeights(W);
    }
}
