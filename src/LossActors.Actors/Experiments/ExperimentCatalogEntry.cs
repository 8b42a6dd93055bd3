namespace LossActors.Actors.Experiments;

/// <summary>A built-in experiment or preset.</summary>
/// <param name="Name">Its name, as given to <c>run</c> or <c>--preset</c>.</param>
/// <param name="Summary">One line about it.</param>
/// <param name="Text">The whole commented file.</param>
public sealed record ExperimentCatalogEntry(string Name, string Summary, string Text);
