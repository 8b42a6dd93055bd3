using System.Collections.Immutable;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Datasets;

/// <summary>
/// A learning task ready for training: three disjoint parts, standardised with the training part's statistics only.
/// </summary>
/// <param name="Name">The dataset's name, or the file's for a table of the user's own.</param>
/// <param name="Kind">Classification or regression.</param>
/// <param name="Classes">Number of classes (2 if binary); 0 in regression.</param>
/// <param name="InputShape">Shape of one instance: <c>[features]</c>, or <c>[channels, height, width]</c> for images.</param>
/// <param name="Training">What networks are trained on.</param>
/// <param name="Validation">What fitness is measured on.</param>
/// <param name="Test">What only meta-testing sees.</param>
/// <param name="Hash">SHA-256 (lower-case hexadecimal) of the raw data before split and standardisation: a resumed run refuses another.</param>
/// <param name="TargetMean">Regression: mean of the training part's targets in their own unit; 0 in classification.</param>
/// <param name="TargetDeviation">Regression: population standard deviation of the training part's targets in their own unit, so that an error in
/// standardised units times this (a squared error: times its square) is one in the target's unit; 1 in classification.</param>
/// <param name="ClassNames">Names of the classes by index; empty in regression.</param>
public sealed record TaskData(
    string Name,
    TaskKind Kind,
    int Classes,
    ImmutableArray<int> InputShape,
    DataPart Training,
    DataPart Validation,
    DataPart Test,
    string Hash,
    double TargetMean,
    double TargetDeviation,
    ImmutableArray<string> ClassNames)
{
    /// <summary>How the images of the training part are varied.</summary>
    public AugmentationSettings Augmentation { get; init; } = new();

    /// <summary>Numbers per instance: the product of <see cref="InputShape"/>.</summary>
    public int InputSize => InputShape.Aggregate(1, (product, extent) => product * extent);
}
