using LossActors.Actors.Experiments;

namespace LossActors.Cli.Comparison;

/// <summary>How a run searches, in a few words of its experiment.</summary>
internal static class SearchWords
{
    /// <summary><c>steady-state, refines elites</c>, <c>random trees, refines none</c>, <c>ml3</c>, <c>baseline</c>.</summary>
    public static string Of(Experiment experiment)
    {
        if (experiment.Search.Method != SearchMethod.Evolution)
        {
            return Word("search", "method");
        }

        return $"{(experiment.Search.Island.RandomSearch ? "random trees" : Word("search", "schedule"))}, refines {Word("refinement", "policy")}";

        string Word(string block, string key) => ExperimentWriter.ToJsonNode(experiment)["experiment"]![block]![key]!.GetValue<string>();
    }
}
