using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>
/// Dense networks trained together by tensor operations on any device, without autograd: what <see cref="DenseCohort{T}"/> is on host memory. The first layers are one product of
/// the batch with all their matrices, later ones batched products, the losses one batched evaluation.
/// </summary>
/// <remarks>Parameters are [member, shape], activations [member, batch, width].</remarks>
internal sealed class TensorCohort : ICohort
{
    private readonly DenseNetwork _network;
    private readonly Link _link;
    private readonly LossFunction[] _members;
    private readonly CohortLosses _losses;
    private readonly CohortSgd _sgd;
    private readonly Tensor[] _parameters;

    public TensorCohort(
        DenseNetwork network, Link link, IReadOnlyList<Trial> trials, TrainingSettings settings, float[][] initial, ScalarType type, Device device)
        : this(network, link, [.. trials.Select(trial => trial.Loss)], MemberTensors.Repeat(network.ParameterShapes, initial, trials.Count, type, device), parameters => new CohortSgd(settings, parameters))
    {
    }

    private TensorCohort(DenseNetwork network, Link link, LossFunction[] members, Tensor[] parameters, Func<Tensor[], CohortSgd> descent)
    {
        (_network, _link, _members, _parameters) = (network, link, members, parameters);
        _losses = new CohortLosses(members, link, parameters[0].dtype, parameters[0].device);
        _sgd = descent(parameters);
    }

    private int Layers => _parameters.Length / 2;

    /// <inheritdoc/>
    public void Step(Tensor inputs, Tensor targets, ForwardPass pass, ReadOnlySpan<double> learningRates, Span<bool> diverged)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var outputs = Forward(inputs);
        var delta = _losses.Differentiate(outputs[^1], targets, diverged);
        var gradients = Backward(inputs, outputs, delta);
        _sgd.Step(gradients, learningRates, diverged);
    }

    /// <inheritdoc/>
    public ICohort Keep(IReadOnlyList<int> members)
    {
        using var scope = NewDisposeScope();
        var rows = tensor(members.Select(member => (long)member).ToArray(), device: _parameters[0].device);
        var kept = new TensorCohort(
            _network,
            _link,
            [.. members.Select(member => _members[member])],
            _parameters.Keep(rows),
            parameters => _sgd.Keep(rows, parameters));
        Dispose();
        return kept;
    }

    /// <inheritdoc/>
    public Tensor[] Release(int member) => _parameters.Release(member);

    /// <inheritdoc/>
    public void Dispose()
    {
        _losses.Dispose();
        _sgd.Dispose();
        MemberTensors.Dispose(_parameters);
    }

    private List<Tensor> Forward(Tensor inputs)
    {
        var outputs = new List<Tensor>(Layers);
        for (var layer = 0; layer < Layers; layer++)
        {
            var (weight, bias) = (_parameters[2 * layer], _parameters[(2 * layer) + 1].unsqueeze(1));
            var z = layer == 0
                ? inputs.mm(weight.flatten(0, 1).t()).view(inputs.shape[0], _members.Length, -1).transpose(0, 1) + bias
                : outputs[^1].bmm(weight.transpose(1, 2)) + bias;
            outputs.Add(layer == Layers - 1 ? z : _network.Activation == Activation.Relu ? z.relu() : z.tanh());
        }

        return outputs;
    }

    private Tensor[] Backward(Tensor inputs, List<Tensor> outputs, Tensor delta)
    {
        var gradients = new Tensor[_parameters.Length];
        for (var layer = Layers - 1; layer >= 0; layer--)
        {
            gradients[2 * layer] = layer == 0
                ? delta.transpose(1, 2).flatten(0, 1).mm(inputs).view(_parameters[0].shape)
                : delta.transpose(1, 2).bmm(outputs[layer - 1]);
            gradients[(2 * layer) + 1] = delta.sum(dim: 1);
            if (layer > 0)
            {
                var below = outputs[layer - 1];
                var passed = delta.bmm(_parameters[2 * layer]);
                delta = _network.Activation == Activation.Relu ? passed * below.gt(0) : passed - (passed * below.square());
            }
        }

        return gradients;
    }
}
