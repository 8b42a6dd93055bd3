using LossActors.Evolution.Randomness;
using LossActors.Learning.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LossActors.Learning.Benchmarks;

/// <summary>A training step as a plain TorchSharp program takes it: autograd through network and cross-entropy, then the optimiser.</summary>
internal sealed class EagerStep : IBenchmarkStep
{
    private readonly Workload _workload;
    private readonly BenchmarkBatch _batch;
    private readonly Tensor _classes;
    private readonly Parameter[] _parameters;
    private readonly optim.Optimizer _optimizer;

    public EagerStep(Workload workload, Device device)
    {
        _workload = workload;
        _batch = new BenchmarkBatch(workload.Features, device);
        _classes = _batch.Targets.argmax(1).DetachFromDisposeScope();
        var initial = workload.Network.Initialise(RandomStream.For(1, 2, 3, Purpose.Weights));
        _parameters = [.. workload.Network.ParameterShapes.Select((shape, i) =>
        {
            var parameter = new Parameter(tensor(initial[i], [.. shape], device: device));
            parameter.DetachFromDisposeScope();
            return parameter;
        })];
        var settings = BenchmarkLoss.Training;
        _optimizer = optim.SGD(_parameters, settings.LearningRate, settings.Momentum, weight_decay: settings.WeightDecay, nesterov: settings.Nesterov);
    }

    /// <inheritdoc/>
    public void Step()
    {
        _optimizer.zero_grad();
        var loss = nn.functional.cross_entropy(_workload.Network.Forward(_batch.Inputs, _parameters, ForwardPass.Judgement), _classes);
        loss.backward();
        _optimizer.step();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        foreach (var parameter in _parameters)
        {
            parameter.Dispose();
        }

        _classes.Dispose();
        _batch.Dispose();
    }
}
