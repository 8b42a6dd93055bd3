using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Training;
using static TorchSharp.torch;

namespace LossActors.Learning.Refinement;

/// <summary>
/// The derivative of the task loss after some inner steps of SGD in the learned loss's parameters, by reverse mode through the whole unrolled
/// training. Works for every network, optimiser setting, number of steps and device.
/// </summary>
/// <remarks>
/// A graph over many steps takes more memory than there is. So a long training is cut into stretches: it is run once without a graph, which leaves weights and momenta where each
/// stretch begins; then, from the last to the first, each is run again with a graph of its own, and hands the derivatives at its beginning to the one before
/// (checkpointing: Griewank and Walther, <i>Evaluating Derivatives</i>, 2008, chapter 12).
/// </remarks>
/// <param name="network">The base network.</param>
/// <param name="link">How logits become predictions.</param>
/// <param name="learned">The loss.</param>
/// <param name="settings">SGD of the inner steps.</param>
/// <param name="type">Precision.</param>
/// <param name="device">Where the batches are.</param>
/// <param name="objective">What is differentiated.</param>
/// <param name="memory">About so many bytes a graph may take, but for one of a single step, which takes what it must.</param>
internal sealed class UnrolledMetaGradient(
    INetwork network,
    Link link,
    LossFunction learned,
    TrainingSettings settings,
    ScalarType type,
    Device device,
    RefinementObjective objective = RefinementObjective.TaskLoss,
    long memory = UnrolledMetaGradient.GraphMemory) : IMetaGradientSource
{
    private const long GraphMemory = 1L << 30;

    private readonly IEntryLoss _loss = EntryLosses.Create(learned, type, device);

    /// <inheritdoc/>
    IReadOnlyList<MetaGradient> IMetaGradientSource.Compute(
        float[][] initial,
        IReadOnlyList<(Tensor Inputs, Tensor Targets)> inner,
        (Tensor Inputs, Tensor Targets) outer,
        DropoutMasks masks,
        IReadOnlyList<double[]> coefficients) => [Compute(initial, inner, outer, masks, coefficients[0])];

    /// <summary>The meta-gradient of the one loss there is.</summary>
    /// <param name="initial">Initial weights, one array per parameter tensor.</param>
    /// <param name="inner">A batch (inputs, targets) per inner step.</param>
    /// <param name="outer">The batch on which the task loss is measured.</param>
    /// <param name="masks">What inner steps drop.</param>
    /// <param name="coefficients">The loss's parameters.</param>
    public MetaGradient Compute(
        float[][] initial,
        IReadOnlyList<(Tensor Inputs, Tensor Targets)> inner,
        (Tensor Inputs, Tensor Targets) outer,
        DropoutMasks masks,
        ReadOnlySpan<double> coefficients)
    {
        using var scope = NewDisposeScope();
        return Compute(
            [.. network.ParameterShapes.Select((shape, i) => TorchMemory.Copy(initial[i], shape, type, device))], inner, outer, masks, coefficients);
    }

    /// <summary>The same from weights that are tensors.</summary>
    /// <param name="start">Weights before the first inner step.</param>
    /// <param name="inner">A batch (inputs, targets) per inner step.</param>
    /// <param name="outer">The batch on which the task loss is measured.</param>
    /// <param name="masks">What inner steps drop.</param>
    /// <param name="coefficients">The loss's parameters.</param>
    public MetaGradient Compute(
        IReadOnlyList<Tensor> start,
        IReadOnlyList<(Tensor Inputs, Tensor Targets)> inner,
        (Tensor Inputs, Tensor Targets) outer,
        DropoutMasks masks,
        ReadOnlySpan<double> coefficients)
    {
        using var scope = NewDisposeScope();
        using var sgd = new TensorSgd(settings);
        var phi = tensor(coefficients.ToArray(), type, device).requires_grad_(true);
        var stretches = Stretches(inner);
        var starts = new List<(IReadOnlyList<Tensor> Weights, IReadOnlyList<Tensor> Momenta)> { (start, []) };
        foreach (var (first, count) in stretches.SkipLast(1))
        {
            starts.Add(Train(starts[^1], inner, first, count, masks, sgd, phi));
        }

        var (taskLoss, total) = (0.0, zeros_like(phi));
        Tensor[]? adjoints = null;
        for (var i = stretches.Count - 1; i >= 0; i--)
        {
            using var stretch = NewDisposeScope();
            var (weights, momenta) = (Autograd.Leaves(starts[i].Weights), Autograd.Leaves(starts[i].Momenta));
            sgd.Buffers = momenta;
            var ends = Unroll(weights, inner, stretches[i].First, stretches[i].Count, masks, sgd, phi);
            Tensor[] outputs;
            if (adjoints is null)
            {
                // After a few steps running statistics are still mostly what they began with. Masks would only add noise to what is a measurement.
                outputs = [Objective(network.Forward(outer.Inputs, ends, ForwardPass.Judgement), outer.Targets)];
                taskLoss = outputs[0].to(ScalarType.Float64).item<double>();
                adjoints = [ones_like(outputs[0])];
            }
            else
            {
                outputs = [.. ends, .. sgd.Buffers];
            }

            var before = adjoints;
            // Nothing comes before the first stretch.
            Tensor[] inputs = i == 0 ? [phi] : [phi, .. weights, .. momenta];
            var derivatives = Autograd.Derivatives(outputs, inputs, adjoints);
            var sum = (total + derivatives[0]).MoveToOuterDisposeScope();
            adjoints = [.. derivatives.Skip(1).Select(d => d.MoveToOuterDisposeScope())];
            total.Dispose();
            total = sum;
            Array.ForEach(before, adjoint => adjoint.Dispose());
        }

        return new MetaGradient(taskLoss, total.to(ScalarType.Float64).cpu().data<double>().ToArray());
    }

    // So many steps share a graph as it has memory for, counting what a step's forward pass leaves, its backward pass, and the second one: most trainings that are unrolled are a single stretch.
    private List<(int First, int Count)> Stretches(IReadOnlyList<(Tensor Inputs, Tensor Targets)> inner)
    {
        if (inner.Count == 0)
        {
            return [(0, 0)];
        }

        var step = (type == ScalarType.Float64 ? sizeof(double) : sizeof(float)) * ((4 * network.Activations * inner[0].Inputs.shape[0]) + (6L * network.ParameterCount()));
        var longest = (int)Math.Clamp(memory / step, 1, inner.Count);
        return [.. Enumerable.Range(0, inner.Count).Chunk(longest).Select(steps => (steps[0], steps.Length))];
    }

    // Without a graph: only where the stretch ends is wanted.
    private (IReadOnlyList<Tensor> Weights, IReadOnlyList<Tensor> Momenta) Train(
        (IReadOnlyList<Tensor> Weights, IReadOnlyList<Tensor> Momenta) state,
        IReadOnlyList<(Tensor Inputs, Tensor Targets)> inner,
        int first,
        int count,
        DropoutMasks masks,
        TensorSgd sgd,
        Tensor phi)
    {
        for (var step = first; step < first + count; step++)
        {
            using var scope = NewDisposeScope();
            var weights = Autograd.Leaves(state.Weights);
            var gradients = Gradients(weights, inner[step], step, masks, phi, createGraph: false);
            using var quiet = no_grad();
            sgd.Buffers = state.Momenta;
            var next = sgd.Step(weights, gradients, Rate(step));
            var before = state;
            state = ([.. next.Select(w => w.MoveToOuterDisposeScope())], [.. sgd.Buffers.Select(m => m.MoveToOuterDisposeScope())]);
            if (step > first)
            {
                foreach (var tensor in before.Weights.Concat(before.Momenta))
                {
                    tensor.Dispose();
                }
            }
        }

        return state;
    }

    private IReadOnlyList<Tensor> Unroll(
        IReadOnlyList<Tensor> weights, IReadOnlyList<(Tensor Inputs, Tensor Targets)> inner, int first, int count, DropoutMasks masks, TensorSgd sgd, Tensor phi)
    {
        for (var step = first; step < first + count; step++)
        {
            weights = sgd.Step(weights, Gradients(weights, inner[step], step, masks, phi, createGraph: true), Rate(step));
        }

        return weights;
    }

    private IReadOnlyList<Tensor> Gradients(IReadOnlyList<Tensor> weights, (Tensor Inputs, Tensor Targets) batch, int step, DropoutMasks masks, Tensor phi, bool createGraph)
    {
        var loss = TensorLosses.Learned(_loss, link, network.Forward(batch.Inputs, weights, ForwardPass.Training(masks, step)), batch.Targets, phi);
        return Autograd.Derivatives([loss], weights, adjoints: null, createGraph);
    }

    private double Rate(int step) => settings.LearningRate * LearningRateSchedule.Factor(settings, step);

    private Tensor Objective(Tensor logits, Tensor targets)
    {
        if (objective == RefinementObjective.TaskLoss || link == Link.Identity)
        {
            return TensorLosses.Task(link, logits, targets);
        }

        var factor = Calibration.Factor<double>(link, network.Outputs, Vectors.ToDoubles(logits), Vectors.ToDoubles(targets));
        return TensorLosses.Task(link, logits * factor, targets);
    }

    /// <inheritdoc/>
    public void Dispose() => _loss.Dispose();
}
