namespace LossActors.Learning.Verification;

/// <summary>Collects the largest error of a row.</summary>
internal sealed class Disagreement
{
    private double _error;
    private string _worst = "none";

    /// <summary>Compares a list of numbers entry by entry: |a − b| / max(1, |a|, |b|).</summary>
    public void Add(string name, IReadOnlyList<double> expected, IReadOnlyList<double> actual) =>
        Add(name, expected, actual, (a, b) => Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b))));

    /// <summary>Compares a gradient relative to its largest expected entry; one that is all zero, absolutely.</summary>
    public void AddGradient(string name, IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        var largest = expected.Count == 0 ? 0 : expected.Max(Math.Abs);
        Add(name, expected, actual, (_, _) => largest > 0 ? largest : 1);
    }

    /// <summary>The row's result.</summary>
    public RowAgreement For(int line) => new(line, _error, _worst);

    private void Add(string name, IReadOnlyList<double> expected, IReadOnlyList<double> actual, Func<double, double, double> scale)
    {
        if (expected.Count != actual.Count)
        {
            Raise(name, double.PositiveInfinity);
        }

        for (var i = 0; i < Math.Min(expected.Count, actual.Count); i++)
        {
            var (a, b) = (expected[i], actual[i]);
            if (a.Equals(b))
            {
                continue;
            }

            Raise(name, double.IsFinite(a) && double.IsFinite(b) ? Math.Abs(a - b) / scale(a, b) : double.PositiveInfinity);
        }
    }

    private void Raise(string name, double error)
    {
        if (error > _error)
        {
            (_error, _worst) = (error, name);
        }
    }
}
