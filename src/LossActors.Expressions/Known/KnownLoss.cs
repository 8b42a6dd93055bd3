namespace LossActors.Expressions.Known;

/// <summary>A loss from the literature.</summary>
/// <param name="Name">Its name, as users write it: <c>cross-entropy</c>.</param>
/// <param name="Formula">What it computes, in one line, with y the target, f the prediction, p the prediction of the true class, C the number of classes.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Form">
/// Its tree for a kind of prediction and a number of classes (2 for a probability); null where it does not apply.
/// The trees are written as their formulas are, not in canonical form.
/// </param>
public sealed record KnownLoss(string Name, string Formula, string Source, Func<Prediction, int, Expression?> Form)
{
    /// <summary>The predictions that it applies to.</summary>
    public IEnumerable<Prediction> Suits => Enum.GetValues<Prediction>().Where(p => Form(p, 2) is not null);
}
