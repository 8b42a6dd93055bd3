using System.Numerics;
using LossActors.Expressions;
using LossActors.Expressions.Compilation;
using LossActors.Learning.Losses;
using LossActors.Learning.Native;
using LossActors.Learning.Training;
using static TorchSharp.torch;

namespace LossActors.Learning.Verification;

/// <summary>Golden expressions: values and derivatives that PyTorch got in double precision, beside the compiled kernel's and the tensor operations'.</summary>
internal static class GoldenExpressions
{
    /// <summary>Computes each row both ways.</summary>
    public static VerificationReport Verify<T>(IReadOnlyList<GoldenRow> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Torch.Ensure();
        var single = typeof(T) == typeof(float);
        return new VerificationReport("expressions", single ? "float" : "double", single ? 1e-4 : 1e-9, [.. rows.Select(Check<T>)]);
    }

    private static RowAgreement Check<T>(GoldenRow row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var expression = row.Expression();
        double[] y = row.Numbers("y"), f = row.Numbers("f");
        if (y.Length != f.Length || y.Length == 0)
        {
            throw row.Bad($"\"y\" has {y.Length} numbers and \"f\" has {f.Length}; they must be as many, at least one");
        }

        var disagreement = new Disagreement();
        foreach (var (way, computed) in new[] { ("compiled", Compiled<T>(expression, y, f)), ("tensors", OnTensors<T>(expression, y, f)) })
        {
            disagreement.Add($"value ({way})", row.Numbers("value"), computed.Value);
            disagreement.Add($"d_f ({way})", row.Numbers("d_f"), computed.DF);
            disagreement.Add($"sum_d_w ({way})", row.Numbers("sum_d_w"), computed.SumDw);
            disagreement.Add($"sum_d2_f_w ({way})", row.Numbers("sum_d2_f_w"), computed.SumD2Fw);
        }

        return disagreement.For(row.Line);
    }

    /// <summary>Values, slopes and summed coefficient derivatives by the compiled kernel.</summary>
    internal static Computed Compiled<T>(Expression expression, double[] y, double[] f)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] value = new T[y.Length], dF = new T[y.Length], u = new T[y.Length];
        double[] sumDw = new double[expression.Count], sumD2Fw = new double[expression.Count];
        Array.Fill(u, T.One);
        LossKernel.Compile(expression).MetaGradient<T>(
            Convert<T>(y), Convert<T>(f), Convert<T>([.. expression.Weights]), u, value, dF, sumDw, sumD2Fw);
        return new Computed(Widen(value), Widen(dF), sumDw, sumD2Fw);
    }

    /// <summary>The same by autograd, twice, over tensor operations.</summary>
    internal static Computed OnTensors<T>(Expression expression, double[] y, double[] f)
        where T : unmanaged
    {
        using var scope = NewDisposeScope();
        var type = HostTensor<T>.Type;
        using var loss = new TorchLoss(expression, type, CPU);
        var predictions = tensor(f, type).requires_grad_(true);
        var weights = tensor(expression.Weights.ToArray(), type).requires_grad_(true);
        var value = loss.Evaluate(tensor(y, type), predictions, weights);
        var dF = Gradient(value.sum(), predictions);
        return new Computed(Vectors.ToDoubles(value), Vectors.ToDoubles(dF), Parameters(Gradient(value.sum(), weights)), Parameters(Gradient(dF.sum(), weights)));
    }

    // An expression, or its derivative, may not depend on what it is differentiated in.
    private static Tensor Gradient(Tensor total, Tensor variable)
    {
        var gradient = total.requires_grad
            ? autograd.grad([total], [variable], create_graph: true, retain_graph: true, allow_unused: true)[0]
            : null;
        return gradient is null || gradient.IsInvalid ? zeros_like(variable) : gradient;
    }

    private static double[] Parameters(Tensor gradient)
    {
        var values = Vectors.ToDoubles(gradient);
        values[0] = 0;
        return values;
    }

    private static double[] Widen<T>(T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Array.ConvertAll(values, double.CreateChecked);

    private static T[] Convert<T>(double[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Array.ConvertAll(values, T.CreateChecked);

    /// <summary>What either way computes.</summary>
    internal sealed record Computed(double[] Value, double[] DF, double[] SumDw, double[] SumD2Fw);
}
