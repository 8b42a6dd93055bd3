namespace LossActors.Learning.Datasets;

/// <summary>One part of a split dataset, in memory and ready to become tensors.</summary>
/// <param name="Inputs">Standardised inputs, <c>Count</c> × product of the input shape, row-major.</param>
/// <param name="Targets">One per instance: the class index, or the standardised target in regression.</param>
/// <param name="Count">Number of instances, at least one.</param>
public sealed record DataPart(float[] Inputs, float[] Targets, int Count);
