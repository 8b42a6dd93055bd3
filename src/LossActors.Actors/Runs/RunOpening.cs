using System.Collections.Immutable;
using LossActors.Actors.Experiments;

namespace LossActors.Actors.Runs;

/// <summary>With what a run is opened: founded if its journal is empty, else gone on with.</summary>
/// <param name="Experiment">For a new run its experiment; for an old one that of its journal with a budget that may be larger.</param>
/// <param name="DataHash">Hash of the task's data as loaded now.</param>
/// <param name="Metric">What fitness measures.</param>
/// <param name="Versions">Of the product and of the libraries that numbers depend on.</param>
/// <param name="Active">Time at work before this process.</param>
internal sealed record RunOpening(
    Experiment Experiment,
    string DataHash,
    string Metric,
    ImmutableSortedDictionary<string, string> Versions,
    TimeSpan Active);
