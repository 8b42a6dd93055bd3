namespace LossActors.Learning.Datasets;

/// <summary>The shift and scale that give the training part mean 0 and population deviation 1.</summary>
/// <param name="Mean">Mean of the training part.</param>
/// <param name="Deviation">Population standard deviation of the training part; 0 if it is constant.</param>
internal readonly record struct Standardisation(double Mean, double Deviation)
{
    /// <summary>Fits to values, in two passes so that large means cost no digits; NaN is left out.</summary>
    public static Standardisation Fit(IEnumerable<double> values)
    {
        double sum = 0, least = double.PositiveInfinity, greatest = double.NegativeInfinity;
        long count = 0;
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                sum += value;
                count++;
                least = Math.Min(least, value);
                greatest = Math.Max(greatest, value);
            }
        }

        var mean = sum / count;
        if (least == greatest)
        {
            return new Standardisation(least, 0); // exactly: rounding in the mean must not pass for variance
        }

        var squares = 0.0;
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                squares += (value - mean) * (value - mean);
            }
        }

        return new Standardisation(mean, Math.Sqrt(squares / count));
    }

    /// <summary>Whether both numbers are finite: not so for no values, or for values near the end of the number range.</summary>
    public bool IsFinite => double.IsFinite(Mean) && double.IsFinite(Deviation);

    /// <summary>The standardised value; 0 where the training part is constant.</summary>
    public float Apply(double value) => Deviation == 0 ? 0f : (float)((value - Mean) / Deviation);
}
