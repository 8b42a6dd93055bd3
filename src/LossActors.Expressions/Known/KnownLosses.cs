using System.Collections.Immutable;
using System.Globalization;

namespace LossActors.Expressions.Known;

/// <summary>The known losses, as trees of the search's own primitives: where a search can start from, and what its outcome can be compared with.</summary>
/// <remarks>
/// log is protected, ln(max(|a|, 1e-7)), as everywhere; within [1e-7, 1 - 1e-7] every tree is its formula. With one sigmoid output y is 0 for the other class,
/// where a sum over y log f alone would teach nothing: such forms have a second half for 1 - y and 1 - f.
/// </remarks>
public static class KnownLosses
{
    // As in the papers' experiments: a tenth of the mass is moved to the other classes.
    private const double Smoothing = 0.1;

    private const string Y = "y";
    private const string F = "f";
    private const string NotY = "sub(1, y)";
    private const string NotF = "sub(1, f)";

    /// <summary>All of them.</summary>
    public static ImmutableArray<KnownLoss> All { get; } =
    [
        new("cross-entropy", "-sum y ln f", "maximum likelihood of classes",
            ForClasses(_ => (y, f, _) => $"-1*mul({y}, log({f}))")),
        new("squared-error", "(y - f)^2", "maximum likelihood under normal noise; on probabilities the score of Brier (1950)",
            ForAll("square(sub(y, f))")),
        new("absolute-error", "|y - f|", "Laplace: the median instead of the mean",
            ForAll("abs(sub(y, f))")),
        new("pseudo-huber", "sqrt(1 + (y - f)^2) - 1", "Charbonnier et al. (1994): squared error near 0, absolute error far away",
            ForAll("sub(sqrt(add(1, square(sub(y, f)))), 1)")),
        new("ace", "|ln(1.1 y f)|, least where f = 1/1.1", "absolute cross-entropy: Raymond et al. (2023), found by their search",
            ForClasses(_ => (y, f, _) => $"abs(log(1.1*mul({y}, {f})))")),
        new("label-smoothing", "-sum (0.9 y + 0.1/C) ln f", "Szegedy et al. (2016)",
            ForClasses(classes => (y, f, _) => $"-1*mul(add({Number(1 - Smoothing)}*{y}, {Number(Smoothing / classes)}*1), log({f}))")),
        new("sparse-label-smoothing", "-(0.9 + 0.1/C) ln p - 0.1 (C - 1)/C ln((1 - p)/(C - 1))", "Raymond et al. (2023): label smoothing that looks at the true class only",
            ForClasses(classes => (y, f, notF) =>
                $"-1*mul({y}, add({Number(1 - Smoothing + (Smoothing / classes))}*log({f}), {Number(Smoothing * (classes - 1) / classes)}*log({Number(1.0 / (classes - 1))}*{notF})))")),
        new("focal", "-sum y (1 - f)^2 ln f", "Lin et al. (2017), gamma = 2: easy instances count less",
            ForClasses(_ => (y, f, notF) => $"-1*mul(mul({y}, square({notF})), log({f}))")),
    ];

    /// <summary>Finds one by its exact name.</summary>
    public static KnownLoss? Find(string name) => All.FirstOrDefault(l => l.Name == name);

    private static Func<Prediction, int, Expression?> ForAll(string tree)
    {
        var expression = Expression.Parse(tree);
        return (_, _) => expression;
    }

    // A class's term as a function of its target, its prediction, and the prediction of its complement.
    private static Func<Prediction, int, Expression?> ForClasses(Func<int, Func<string, string, string, string>> term) => (prediction, classes) => prediction switch
    {
        Prediction.Distribution => Expression.Parse(term(classes)(Y, F, NotF)),
        Prediction.Probability => Expression.Parse($"add({term(2)(Y, F, NotF)}, {term(2)(NotY, NotF, F)})"),
        _ => null,
    };

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
