using System.Collections.Immutable;
using System.Text.Json;
using LossActors.Learning.Losses;
using LossActors.Learning.Native;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Refinement;
using LossActors.Learning.Training;
using static TorchSharp.torch;

namespace LossActors.Learning.Verification;

/// <summary>Golden trainings: start weights, batches and SGD settings with the trained weights, task loss and meta-gradient that PyTorch got in double precision.</summary>
internal static class GoldenTraining
{
    private const double Tolerance = 1e-9;

    /// <summary>Repeats each training, on the compiled and on the plain path, and each meta-gradient.</summary>
    public static VerificationReport Verify(IReadOnlyList<GoldenRow> rows)
    {
        Torch.Ensure();
        return new VerificationReport("training", "double", Tolerance, [.. rows.Select(Check)]);
    }

    private static RowAgreement Check(GoldenRow row)
    {
        using var scope = NewDisposeScope();
        var expression = row.Expression();
        var link = row.Text("kind") switch
        {
            "regression" => Link.Identity,
            "classification" => Link.Softmax,
            var kind => throw row.Bad($"unknown kind \"{kind}\""),
        };
        var network = Network(row);
        var sgd = row.Object("sgd");
        var settings = new TrainingSettings
        {
            LearningRate = sgd.Number("lr"),
            Momentum = sgd.Number("momentum"),
            Nesterov = sgd.Flag("nesterov"),
            WeightDecay = sgd.Number("weight_decay"),
        };
        var start = Parameters(row, "start", network);
        var batches = row.List("batches").Select(batch => Batch(row, "batches", batch, network, link)).ToList();
        var outer = Batch(row, "outer", default, network, link);
        var innerSteps = (int)row.Number("inner_steps");
        if (innerSteps < 1 || innerSteps > batches.Count)
        {
            throw row.Bad($"\"inner_steps\" is {innerSteps}, but there are {batches.Count} batches");
        }

        var disagreement = new Disagreement();
        var trained = Parameters(row, "trained", network).SelectMany(w => w).ToList();
        var initial = start.Select(w => w.Select(v => (float)v).ToArray()).ToArray();
        var loss = LossFunction.Of(expression);
        foreach (var (name, trainee) in new (string, ITrainee)[]
        {
            ("compiled", new CompiledTrainee<double>(network, link, loss, settings, (int)batches[0].Inputs.shape[0], initial)),
            ("plain", new PlainTrainee(network, link, loss, settings, initial, ScalarType.Float64, CPU)),
        })
        {
            using var disposing = trainee;
            Assign(trainee, start);
            foreach (var (inputs, targets) in batches)
            {
                trainee.Step(inputs, targets, ForwardPass.Judgement, settings.LearningRate);
            }

            disagreement.Add($"trained ({name})", trained, [.. trainee.Parameters.SelectMany(p => p.data<double>().ToArray())]);
        }

        var inner = batches[..innerSteps];
        using var unrolled = new UnrolledMetaGradient(network, link, loss, settings, ScalarType.Float64, CPU);
        var weights = network.ParameterShapes.Select((shape, i) => tensor(start[i], [.. shape], ScalarType.Float64)).ToList();
        var unrolling = new Unrolling(
            network, link, [loss], settings, (int)inner[0].Inputs.shape[0], (int)outer.Inputs.shape[0], RefinementObjective.TaskLoss);

        // The chosen way is the one that refinement takes for so many inner steps, of one loss or of a cohort.
        var ways = new List<(string Name, MetaGradient Meta)>
        {
            ("plain", unrolled.Compute(weights, inner, outer, default, expression.Weights.AsSpan())),
            ("many steps", Compiled(MetaGradientSources.ManySteps<double>(network, unrolling), 1)),
            ("chosen", Compiled(Chosen(unrolling), 1)),
            ("chosen, in a cohort", Compiled(Chosen(unrolling with { Losses = [loss, loss] }), 2)),
        };

        foreach (var (name, meta) in ways)
        {
            disagreement.Add($"task_loss ({name})", [row.Number("task_loss")], [meta.TaskLoss]);
            disagreement.AddGradient($"meta_gradient ({name})", row.Numbers("meta_gradient"), meta.Gradient);
        }

        HostMetaGradient<double> Chosen(Unrolling members) =>
            (HostMetaGradient<double>)MetaGradientSources.Create(members, innerSteps, ScalarType.Float64, CPU);

        MetaGradient Compiled(HostMetaGradient<double> source, int members)
        {
            using (source)
            {
                // One network for all members, or one each.
                var networks = source.Start.Length / start.Sum(w => w.Length);
                start.SelectMany(w => Enumerable.Repeat(w, networks)).SelectMany(w => w).ToArray().CopyTo(source.Start);
                return source.Compute(inner, outer, [.. Enumerable.Range(0, members).Select(_ => expression.Weights.ToArray())])[^1];
            }
        }

        return disagreement.For(row.Line);
    }

    private static DenseNetwork Network(GoldenRow row)
    {
        var widths = row.Numbers("dims").Select(d => (int)d).ToImmutableArray();
        return widths.Length >= 2 && widths.All(w => w is > 0 and <= 65536)
            ? new DenseNetwork(widths, Activation.Relu)
            : throw row.Bad("\"dims\" needs at least two positive widths");
    }

    private static double[][] Parameters(GoldenRow row, string key, DenseNetwork network)
    {
        double[][] parameters = [.. row.List(key).Select(p => row.Flat(p, key))];
        return parameters.Length == network.ParameterShapes.Length
            && parameters.Zip(network.ParameterShapes).All(pair => pair.First.Length == pair.Second.Size())
                ? parameters
                : throw row.Bad($"\"{key}\" does not have the shapes of a network of \"dims\"");
    }

    private static (Tensor Inputs, Tensor Targets) Batch(GoldenRow row, string key, JsonElement element, DenseNetwork network, Link link)
    {
        var pair = element.ValueKind == JsonValueKind.Undefined ? row.List(key) : element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray()] : [];
        if (pair.Length != 2)
        {
            throw row.Bad($"\"{key}\" is no pair of inputs and targets");
        }

        double[] inputs = row.Flat(pair[0], key), targets = row.Flat(pair[1], key);
        var count = inputs.Length / network.Widths[0];
        if (link == Link.Softmax)
        {
            targets = OneHot(row, key, targets, network.Outputs);
        }

        return count > 0 && inputs.Length == count * network.Widths[0] && targets.Length == count * network.Outputs
            ? (tensor(inputs, [count, network.Widths[0]]), tensor(targets, [count, network.Outputs]))
            : throw row.Bad($"\"{key}\" does not fit \"dims\": {inputs.Length} inputs, {targets.Length} targets");
    }

    private static double[] OneHot(GoldenRow row, string key, double[] classes, int outputs)
    {
        var targets = new double[classes.Length * outputs];
        for (var i = 0; i < classes.Length; i++)
        {
            if (!double.IsInteger(classes[i]) || classes[i] < 0 || classes[i] >= outputs)
            {
                throw row.Bad($"\"{key}\" holds the class {classes[i]}, but \"dims\" ends with {outputs} outputs");
            }

            targets[(i * outputs) + (int)classes[i]] = 1;
        }

        return targets;
    }

    // Trainees start from single precision, golden rows from double.
    private static void Assign(ITrainee trainee, double[][] start)
    {
        using var quiet = no_grad();
        for (var i = 0; i < start.Length; i++)
        {
            trainee.Parameters[i].copy_(tensor(start[i], trainee.Parameters[i].shape));
        }
    }
}
