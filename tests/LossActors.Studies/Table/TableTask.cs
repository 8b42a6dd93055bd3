using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LossActors.Actors.Experiments;

namespace LossActors.Studies.Table;

/// <summary>
/// A task of the results table. Its experiment file, in Tasks/, alone says how networks are trained and how many networks finalists and baseline are measured on, whatever the method. At what points
/// of a training fitness is measured is the method's.
/// </summary>
/// <param name="Name">Names its file and its cells.</param>
/// <param name="Title">For readers.</param>
internal sealed record TableTask(string Name, string Title)
{
    // Keys beside the protocol's blocks that the task decides and no method.
    private static readonly string[] s_blocks = ["task", "network", "training"];
    private static readonly string[] s_searchKeys = ["finalists", "final-replicates", "baseline-learning-rates"];

    // Of those blocks, what is the method's: where it measures fitness.
    private const string Horizons = "training.horizons=";

    /// <summary>All of them, from the quickest to the slowest.</summary>
    public static ImmutableArray<TableTask> All { get; } =
    [
        new("diabetes", "diabetes, MLP"),
        new("breast-cancer", "breast cancer, MLP"),
        new("digits", "digits, MLP"),
        new("fashion-mnist", "Fashion-MNIST, logistic regression"),
        new("fashion-mnist-lenet5", "Fashion-MNIST, LeNet-5")
        {
            // Those of the program's own experiment on this task.
            ShortUnrolls =
            [
                "refinement.steps=20", "refinement.inner-steps=5", "refinement.learning-rate=0.02", "refinement.outer-batch-size=512",
                "refinement.checkpoints=2", "refinement.checkpoint-replicates=1",
            ],
        },
    ];

    /// <summary><c>KEY=VALUE</c> for methods that tune through whole trainings, where that takes too long.</summary>
    public ImmutableArray<string> ShortUnrolls { get; init; } = [];

    /// <summary>Its experiment file.</summary>
    public string File => Path.Combine(AppContext.BaseDirectory, "Table", "Tasks", $"{Name}.conf");

    /// <summary>What must be said once more as <c>KEY=VALUE</c>, so that no preset changes it.</summary>
    public IEnumerable<string> Settings()
    {
        var experiment = ExperimentWriter.ToJsonNode(ExperimentReader.Read(File))["experiment"]!.AsObject();
        return s_blocks.SelectMany(block => Flat(block, experiment[block]!))
            .Where(setting => !setting.StartsWith(Horizons, StringComparison.Ordinal))
            .Concat(s_searchKeys.Select(key => $"search.{key}={experiment["search"]![key]!.ToJsonString()}"));
    }

    private static IEnumerable<string> Flat(string path, JsonNode value) =>
        value is JsonObject block ? block.SelectMany(key => Flat($"{path}.{key.Key}", key.Value!)) : [$"{path}={value.ToJsonString()}"];
}
