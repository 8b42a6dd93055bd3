using System.Collections.Immutable;
using LossActors.Expressions.Known;
using LossActors.Learning.Datasets;
using LossActors.Learning.Losses;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Networks;

/// <summary>What a network has to know of a task: what goes in and what comes out.</summary>
/// <param name="Kind">Classification or regression.</param>
/// <param name="Classes">How many classes; ignored for regression.</param>
/// <param name="InputShape">Shape of one instance: <c>[features]</c>, <c>[height, width]</c> or <c>[channels, height, width]</c>.</param>
public sealed record TaskShape(TaskKind Kind, int Classes, ImmutableArray<int> InputShape)
{
    /// <summary>The shape of a loaded task.</summary>
    public static TaskShape Of(TaskData data) => new(data.Kind, data.Classes, data.InputShape);

    /// <summary>Numbers per instance.</summary>
    public int Features => InputShape.Aggregate(1, (product, size) => product * size);

    /// <summary>Network outputs: one for regression and for two classes, else one per class.</summary>
    public int Outputs => Kind == TaskKind.Regression || Classes == 2 ? 1 : Classes;

    /// <summary>How outputs become predictions.</summary>
    public Link Link => Kind == TaskKind.Regression ? Link.Identity : Classes == 2 ? Link.Logistic : Link.Softmax;

    /// <summary>What predictions are, for losses whose form depends on it.</summary>
    public Prediction Prediction => Kind == TaskKind.Regression ? Prediction.Number : Classes == 2 ? Prediction.Probability : Prediction.Distribution;
}
