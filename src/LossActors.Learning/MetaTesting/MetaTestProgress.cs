namespace LossActors.Learning.MetaTesting;

/// <summary>How far a meta-test is.</summary>
/// <param name="Trained">Networks trained.</param>
/// <param name="Total">Networks to train in all.</param>
public readonly record struct MetaTestProgress(int Trained, int Total);
