using LossActors.Actors.Experiments;
using LossActors.Actors.Record;

namespace LossActors.Cli.Output;

/// <summary>What a run looks for and how far it has come, in words.</summary>
internal static class MethodText
{
    /// <summary>For lists: <c>4 islands</c>.</summary>
    public static string Of(RunDetails run) => run.Experiment.Search.Method switch
    {
        SearchMethod.Ml3 => "neural losses (ml3)",
        SearchMethod.Baseline => "the task loss alone (baseline)",
        _ => Numbers.Text($"{run.Islands} islands"),
    };

    /// <summary>What its hall of fame is, once it is final.</summary>
    public static string HallOfFame(RunDetails run) => run.Experiment.Search.Method == SearchMethod.Ml3
        ? "The best neural losses by mean error over fresh networks"
        : "The Pareto front of size and mean error over fresh networks";
}
