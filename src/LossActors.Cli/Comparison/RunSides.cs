using System.Text.Json.Nodes;
using LossActors.Actors.Experiments;
using LossActors.Actors.Record;

namespace LossActors.Cli.Comparison;

/// <summary>Runs beside each other.</summary>
/// <param name="Runs">In the order in which they were named.</param>
internal sealed record RunSides(IReadOnlyList<RunDetails> Runs)
{
    // What a test error depends on besides the loss.
    private static readonly string[] s_blocks = ["task", "network", "training"];

    /// <summary>Whether all learn the same task, with the same network, trained alike: only then can errors be compared.</summary>
    public bool ShareTask => Runs.Select(TaskOf).Distinct().Count() == 1;

    private static string TaskOf(RunDetails run)
    {
        var experiment = ExperimentWriter.ToJsonNode(run.Experiment)["experiment"]!;
        return new JsonArray([run.DataHash, .. s_blocks.Select(block => experiment[block]?.DeepClone())]).ToJsonString();
    }
}
