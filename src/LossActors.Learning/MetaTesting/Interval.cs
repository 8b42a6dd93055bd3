using MathNet.Numerics.Distributions;

namespace LossActors.Learning.MetaTesting;

/// <summary>A mean and its 95 % confidence interval (Student's t).</summary>
/// <param name="Mean">The mean; null of nothing.</param>
/// <param name="Low">Lower end; null for fewer than two numbers.</param>
/// <param name="High">Upper end; null for fewer than two numbers.</param>
public sealed record Interval(double? Mean, double? Low, double? High)
{
    private const double UpperTail = 0.975;

    /// <summary>The interval of some numbers' mean.</summary>
    public static Interval Of(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
        {
            return new Interval(null, null, null);
        }

        var mean = values.Average();
        if (values.Count < 2)
        {
            return new Interval(mean, null, null);
        }

        var half = StudentT.InvCDF(0, 1, values.Count - 1, UpperTail) * StandardError(values, mean);
        return new Interval(mean, mean - half, mean + half);
    }

    /// <summary>The same interval in another unit.</summary>
    public Interval Times(double factor) => new(Mean * factor, Low * factor, High * factor);

    /// <summary>The standard error of a mean, with the sample's own deviation.</summary>
    internal static double StandardError(IReadOnlyCollection<double> values, double mean) =>
        Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1) / values.Count);
}
