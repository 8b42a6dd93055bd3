namespace LossActors.Learning.Training;

/// <summary>What is done to one training image.</summary>
/// <param name="Row">The row that comes to lie at the top; before the first or after the last ones there is padding.</param>
/// <param name="Column">The column that comes to lie at the left.</param>
/// <param name="IsMirrored">Whether left and right are then exchanged.</param>
internal readonly record struct Distortion(int Row, int Column, bool IsMirrored);
