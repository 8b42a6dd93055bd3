using System.Collections.Immutable;
using LossActors.Learning.Networks;
using LossActors.Learning.Networks.Notation;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.Experiments.Schema;

/// <summary><c>network { … }</c> and <c>training { … }</c>.</summary>
internal static class NetworkKeys
{
    private const string Layers = "layers";

    public static ImmutableArray<ExperimentKey> All { get; } =
    [
        Network("kind", new Choice<string>([.. NetworkCatalog.Names.Append(Layers).Select(name => (name, name)), ("logistic", "linear")]),
            "The base network: linear (logistic regression for classes), mlp, one for images (`lossactors networks`), or layers, those listed below.",
            n => n.Kind, (n, v) => n with { Kind = (string)v!, Layers = (string)v! == Layers ? n.Layers : [] }),
        Network("hidden", new ListOf<int>(new WholeNumber(1, 65_536), 1, 16),
            "mlp: widths of the hidden layers.",
            n => n.Hidden, (n, v) => n with { Hidden = (ImmutableArray<int>)v! }),
        Network("activation", new Choice<string>(("relu", "relu"), ("tanh", "tanh")),
            "mlp: what follows each hidden layer.",
            n => n.Activation, (n, v) => n with { Activation = (string)v! }),
        Network("layers", new ListOf<string>(new Words("a layer such as \"convolution 32 3x3 padding 1\"", text => text.Length is > 0 and <= 100), 0, LayerNotation.Most),
            "The network layer by layer (network = [ … ] says the same), but for the layer of the task's outputs, which always comes last: " + string.Join(", ", LayerNotation.Forms) + ".",
            n => n.Layers, (n, v) => v is ImmutableArray<string> { IsEmpty: false } layers ? n with { Kind = Layers, Layers = layers } : n with { Layers = [] }),
        Training("steps", new WholeNumber(1, 10_000_000),
            "SGD steps per network.",
            t => t.Steps, (t, v) => t with { Steps = (int)v! }),
        Training("learning-rate", new RealNumber(0, 1000, aboveLeast: true),
            "SGD's learning rate (and Adam's in the rejection protocol).",
            t => t.LearningRate, (t, v) => t with { LearningRate = (double)v! }),
        Training("batch-size", new WholeNumber(1, 1_000_000),
            "Instances per batch; the whole training part if it is smaller.",
            t => t.BatchSize, (t, v) => t with { BatchSize = (int)v! }),
        Training("momentum", new RealNumber(0, 1, belowGreatest: true),
            "SGD's momentum.",
            t => t.Momentum, (t, v) => t with { Momentum = (double)v! }),
        Training("nesterov", new TruthValue(),
            "Nesterov's form of momentum.",
            t => t.Nesterov, (t, v) => t with { Nesterov = (bool)v! }),
        Training("weight-decay", new RealNumber(0, 10),
            "L2 penalty, added to the gradient.",
            t => t.WeightDecay, (t, v) => t with { WeightDecay = (double)v! }),
        Training("milestones", new ListOf<int>(new WholeNumber(1, 10_000_000), 0, 100),
            "Steps at which the learning rate is multiplied by decay.",
            t => t.Milestones, (t, v) => t with { Milestones = (ImmutableArray<int>)v! }),
        Training("decay", new RealNumber(0, 1, aboveLeast: true),
            "The factor at each milestone.",
            t => t.Decay, (t, v) => t with { Decay = (double)v! }),
        Training("horizons", new ListOf<double>(new RealNumber(0, 10_000_000, aboveLeast: true), 0, 100),
            "Where the error is measured besides the end, steps or (below 1) shares of them; fitness is the mean of all.",
            t => t.Horizons, (t, v) => t with { Horizons = (ImmutableArray<double>)v! }),
        new("training.seed", new Seed(),
            "Seeds the split, the initial weights and the batch orders (search.seed seeds the search).",
            e => e.Protocol.Seed, (e, v) => e with { Protocol = e.Protocol with { Seed = (ulong)v! } }),
        new("training.precision", new Choice<bool>(("single", false), ("double", true)),
            "Arithmetic of the training.",
            e => e.Protocol.DoublePrecision, (e, v) => e with { Protocol = e.Protocol with { DoublePrecision = (bool)v! } }),
    ];

    private static ExperimentKey Network(string name, KeyType type, string doc, Func<NetworkSettings, object?> get, Func<NetworkSettings, object?, NetworkSettings> set) =>
        new($"network.{name}", type, doc, e => get(e.Protocol.Network), (e, v) => e with { Protocol = e.Protocol with { Network = set(e.Protocol.Network, v) } });

    private static ExperimentKey Training(string name, KeyType type, string doc, Func<TrainingSettings, object?> get, Func<TrainingSettings, object?, TrainingSettings> set) =>
        new($"training.{name}", type, doc, e => get(e.Protocol.Training), (e, v) => e with { Protocol = e.Protocol with { Training = set(e.Protocol.Training, v) } });
}
