using System.Collections.Immutable;
using System.Globalization;
using LossActors.Learning.Training;

namespace LossActors.Actors.Experiments.Schema;

/// <summary><c>evaluation { … }</c>.</summary>
internal static class EvaluationKeys
{
    public static ImmutableArray<ExperimentKey> All { get; } =
    [
        Key("evaluators", new WholeNumber(0, 1024),
            "Evaluator processes started on this machine; 0: only those that join from elsewhere.",
            s => s.Evaluators, (s, v) => s with { Evaluators = (int)v! }),
        Key("devices", new ListOf<string>(new Words("cpu or \"cuda:N\"", IsDevice), 1, 64),
            "Devices, handed out to evaluators in turn.",
            s => s.Devices, (s, v) => s with { Devices = (ImmutableArray<string>)v! }),
        Key("device", new Unless(new Words("cpu or \"cuda:N\"", IsDevice)),
            "Short for devices with one entry.",
            _ => null, (s, v) => v is null ? s : s with { Devices = [(string)v] }),
        new("evaluation.replicates", new WholeNumber(1, 1000),
            "Networks trained per candidate; its fitness is their mean error.",
            e => e.Protocol.Replicates, (e, v) => e with { Protocol = e.Protocol with { Replicates = (int)v! } }),
        new("evaluation.divisions", new WholeNumber(1, 100),
            "How often training and validation data are divided, each time anew and with networks of their own; a fitness is the mean over them all. The test part is the same in all.",
            e => e.Protocol.Divisions, (e, v) => e with { Protocol = e.Protocol with { Divisions = (int)v! } }),
        Key("largest-cohort", new WholeNumber(1, 4096),
            "The most candidates that a slot trains together; 1: each alone, as in strict mode.",
            s => s.LargestCohort, (s, v) => s with { LargestCohort = (int)v! }),
        new("evaluation.path", new Choice<TrainingPath>(("automatic", TrainingPath.Automatic), ("plain", TrainingPath.Plain)),
            "automatic: the fastest way to compute a step; plain: tensor operations under autograd, to check it against.",
            e => e.Protocol.Path, (e, v) => e with { Protocol = e.Protocol with { Path = (TrainingPath)v! } }),
        Key("timeout", new Duration(),
            "A single job may take so long; then its evaluator is killed and the candidate fails.",
            s => s.Timeout, (s, v) => s with { Timeout = (TimeSpan)v! }),
        Key("libtorch", new Unless(new Words("the path of a folder", t => t.Length is > 0 and <= 4000)),
            "A folder with libtorch and LibTorchSharp of your own (for CUDA); unset: the one built in.",
            s => s.LibTorch, (s, v) => s with { LibTorch = (string?)v }),
    ];

    private static bool IsDevice(string text) =>
        text == "cpu" || text == "cuda"
        || (text.StartsWith("cuda:", StringComparison.Ordinal) && byte.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out _));

    private static ExperimentKey Key(string name, KeyType type, string doc, Func<EvaluationSettings, object?> get, Func<EvaluationSettings, object?, EvaluationSettings> set) =>
        new($"evaluation.{name}", type, doc, e => get(e.Evaluation), (e, v) => e with { Evaluation = set(e.Evaluation, v) });
}
