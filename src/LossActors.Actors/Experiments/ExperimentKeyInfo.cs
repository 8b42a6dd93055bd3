namespace LossActors.Actors.Experiments;

/// <summary>A key of experiment files, for the manual.</summary>
/// <param name="Path">Its full path: <c>experiment.search.islands</c>.</param>
/// <param name="Allowed">What it takes, in words.</param>
/// <param name="Default">Its default as written in a file; null: not set.</param>
/// <param name="Doc">What it means.</param>
public sealed record ExperimentKeyInfo(string Path, string Allowed, string? Default, string Doc);
