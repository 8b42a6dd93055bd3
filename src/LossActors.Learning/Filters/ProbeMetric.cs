using LossActors.Learning.Losses;

namespace LossActors.Learning.Filters;

/// <summary>The task metric of logits that stand for a network.</summary>
internal static class ProbeMetric
{
    /// <summary>Error rate, or mean squared error.</summary>
    public static double Error(ProbeSample probe, ReadOnlySpan<double> logits)
    {
        var total = 0.0;
        for (var row = 0; row < logits.Length; row += probe.Outputs)
        {
            var z = logits.Slice(row, probe.Outputs);
            var y = probe.Targets.AsSpan(row, probe.Outputs);
            total += probe.Link switch
            {
                Link.Softmax => Largest(z) == Largest(y) ? 0 : 1,
                Link.Logistic => z[0] > 0 == y[0] > 0.5 ? 0 : 1,
                _ => SquaredError(z, y) / probe.Outputs,
            };
        }

        return total / probe.Count;
    }

    private static int Largest(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        return best;
    }

    private static double SquaredError(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var total = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            total += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return total;
    }
}
