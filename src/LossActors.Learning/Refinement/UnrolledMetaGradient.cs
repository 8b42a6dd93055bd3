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
/// <param name="network">The base network.</param>
/// <param name="link">How logits become predictions.</param>
/// <param name="learned">The loss.</param>
/// <param name="settings">SGD of the inner steps.</param>
/// <param name="type">Precision.</param>
/// <param name="device">Where the batches are.</param>
/// <param name="objective">What is differentiated.</param>
internal sealed class UnrolledMetaGradient(
    INetwork network,
    Link link,
    LossFunction learned,
    TrainingSettings settings,
    ScalarType type,
    Device device,
    RefinementObjective objective = RefinementObjective.TaskLoss) : IMetaGradientSource
{
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
        IReadOnlyList<Tensor> weights = [.. start.Select(w => w.detach().requires_grad_(true))];
        for (var step = 0; step < inner.Count; step++)
        {
            var (inputs, targets) = inner[step];
            var loss = TensorLosses.Learned(_loss, link, network.Forward(inputs, weights, ForwardPass.Training(masks, step)), targets, phi);
            IReadOnlyList<Tensor> gradients = loss.requires_grad
                ? [.. autograd.grad([loss], [.. weights], create_graph: true, retain_graph: true)]
                : [.. weights.Select(w => zeros_like(w))];
            weights = sgd.Step(weights, gradients, settings.LearningRate * LearningRateSchedule.Factor(settings, step));
        }

        // After a few steps running statistics are still mostly what they began with. Masks would only add noise to what is a measurement.
        var task = Objective(network.Forward(outer.Inputs, weights, ForwardPass.Judgement), outer.Targets);

        // The inner gradients may not depend on any coefficient; then the handle comes back empty.
        var gradient = task.requires_grad ? autograd.grad([task], [phi], allow_unused: true)[0] : null;
        var values = gradient is null || gradient.IsInvalid ? new double[coefficients.Length] : gradient.to(ScalarType.Float64).cpu().data<double>().ToArray();
        return new MetaGradient(task.to(ScalarType.Float64).item<double>(), values);
    }

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
