using LossActors.Expressions.Canonical;
using LossActors.Expressions.Compilation;
using LossActors.Expressions.Known;
using Xunit;

namespace LossActors.Expressions.Tests.Known;

public sealed class KnownLossTests
{
    private const double Tolerance = 1e-9;

    // What the papers say, of the target's and the prediction's whole vectors, and its derivative by each prediction; nothing in common with the trees.
    private static readonly Dictionary<string, (Func<double[], double[], double> Value, Func<double[], double[], int, double> Slope)> s_formulas = new()
    {
        ["cross-entropy"] = ((y, f) => -y.Zip(f, (t, p) => t * Math.Log(p)).Sum(), (y, f, c) => -y[c] / f[c]),
        ["squared-error"] = ((y, f) => y.Zip(f, (t, p) => (t - p) * (t - p)).Sum(), (y, f, c) => -2 * (y[c] - f[c])),
        ["absolute-error"] = ((y, f) => y.Zip(f, (t, p) => Math.Abs(t - p)).Sum(), (y, f, c) => Math.Sign(f[c] - y[c])),
        ["pseudo-huber"] = (
            (y, f) => y.Zip(f, (t, p) => Math.Sqrt(1 + ((t - p) * (t - p))) - 1).Sum(),
            (y, f, c) => (f[c] - y[c]) / Math.Sqrt(1 + ((y[c] - f[c]) * (y[c] - f[c])))),
        ["ace"] = (
            // Where y is 0 the logarithm's floor is a constant.
            (y, f) => y.Zip(f, (t, p) => t == 0 ? Math.Abs(Math.Log(1e-7)) : Math.Abs(Math.Log(1.1 * p))).Sum(),
            (y, f, c) => y[c] * Math.Sign(Math.Log(1.1 * f[c])) / f[c]),
        ["label-smoothing"] = (
            (y, f) => -y.Zip(f, (t, p) => ((0.9 * t) + (0.1 / y.Length)) * Math.Log(p)).Sum(),
            (y, f, c) => -((0.9 * y[c]) + (0.1 / y.Length)) / f[c]),
        ["sparse-label-smoothing"] = (
            (y, f) =>
            {
                var (p, n) = (f[Array.IndexOf(y, 1.0)], y.Length);
                return -((1 - 0.1 + (0.1 / n)) * Math.Log(p)) - (0.1 * (n - 1) / n * Math.Log((1 - p) / (n - 1)));
            },
            (y, f, c) => y[c] * ((-(1 - 0.1 + (0.1 / y.Length)) / f[c]) + (0.1 * (y.Length - 1) / y.Length / (1 - f[c])))),
        ["focal"] = (
            (y, f) => -y.Zip(f, (t, p) => t * (1 - p) * (1 - p) * Math.Log(p)).Sum(),
            (y, f, c) => y[c] * ((2 * (1 - f[c]) * Math.Log(f[c])) - ((1 - f[c]) * (1 - f[c]) / f[c]))),
    };

    public static TheoryData<string> Names => [.. KnownLosses.All.Select(l => l.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void OverADistributionTheTreeIsItsFormulaInValueAndGradient(string name)
    {
        double[] prediction = [0.05, 0.62, 0.03, 0.3];
        var loss = KnownLosses.Find(name)!.Form(Prediction.Distribution, 4)!;
        for (var target = 0; target < 4; target++)
        {
            double[] y = [.. Enumerable.Range(0, 4).Select(c => c == target ? 1.0 : 0.0)];
            Check(name, loss, y, prediction, y, prediction, (slopes, c) => slopes[c]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WithOneSigmoidTheTreeIsTheFormulaOverBothClasses(string name)
    {
        foreach (var (y, f) in from y in new[] { 0.0, 1.0 } from f in new[] { 0.03, 0.4, 0.92 } select (y, f))
        {
            var loss = KnownLosses.Find(name)!.Form(Prediction.Probability, 2)!;
            if (IsTwoSided(name))
            {
                // df of the other class is -df.
                Check(name, loss, [y], [f], [y, 1 - y], [f, 1 - f], (slopes, _) => slopes[0] - slopes[1]);
            }
            else
            {
                Check(name, loss, [y], [f], [y], [f], (slopes, c) => slopes[c]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ALossOfNumbersIsItsFormulaAndALossOfClassesHasNoFormForThem(string name)
    {
        var loss = KnownLosses.Find(name)!.Form(Prediction.Number, 0);
        Assert.Equal(IsTwoSided(name), loss is null);
        if (loss is not null)
        {
            Check(name, loss, [-1.3], [2.1], [-1.3], [2.1], (slopes, c) => slopes[c]);
            Check(name, loss, [0.4], [0.1], [0.4], [0.1], (slopes, c) => slopes[c]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryFormIsALossThatStaysOneInCanonicalFormWithinTheUsualCaps(string name) =>
        Assert.All(KnownLosses.Find(name)!.Suits, prediction =>
        {
            var canonical = Canonicalizer.Canonical(KnownLosses.Find(name)!.Form(prediction, 10)!);
            Assert.True(canonical.IsLoss);
            Assert.InRange(canonical.Height, 1, 10);
            Assert.InRange(canonical.Count, 3, 50);
        });

    [Fact]
    public void EachHasANameOfItsOwnAndTellsItsFormulaAndSource()
    {
        Assert.Equal(KnownLosses.All.Length, KnownLosses.All.Select(l => l.Name).Distinct().Count());
        Assert.Equal(s_formulas.Keys.Order(), KnownLosses.All.Select(l => l.Name).Order());
        Assert.All(KnownLosses.All, l => Assert.True(l.Formula.Length > 5 && l.Source.Length > 10));
        Assert.Null(KnownLosses.Find("no-loss"));
    }

    private static bool IsTwoSided(string name) => name is not ("squared-error" or "absolute-error" or "pseudo-huber");

    private static void Check(string name, Expression loss, double[] y, double[] f, double[] targets, double[] predictions, Func<double[], int, double> slope)
    {
        var at = LossKernel.PointDerivatives(loss, y, f);
        var (value, formulaSlope) = s_formulas[name];
        double[] slopes = [.. targets.Select((_, c) => formulaSlope(targets, predictions, c))];
        Assert.Equal(value(targets, predictions), at.Value.Sum(), Tolerance);
        Assert.All(Enumerable.Range(0, f.Length), c => Assert.Equal(slope(slopes, c), at.DF[c], Tolerance));
    }
}
