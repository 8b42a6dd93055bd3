using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>
/// Networks of layers trained together on any device: one forward pass and one of autograd for all of them, their losses one batched evaluation. The first convolution is one with
/// all members' kernels, later ones are grouped by member (see <see cref="Networks.Layers.Layer"/>); a mask is drawn once for all.
/// </summary>
internal sealed class LayerCohort : ICohort
{
    private readonly SequentialNetwork _network;
    private readonly Link _link;
    private readonly LossFunction[] _members;
    private readonly CohortLosses _losses;
    private readonly CohortSgd _sgd;
    private readonly Tensor[] _parameters;
    private readonly Tensor[] _buffers;
    private readonly Tensor[] _leaves;

    public LayerCohort(
        SequentialNetwork network, Link link, IReadOnlyList<Trial> trials, TrainingSettings settings, float[][] initial, ScalarType type, Device device)
        : this(
            network,
            link,
            [.. trials.Select(trial => trial.Loss)],
            MemberTensors.Repeat(network.ParameterShapes, initial, trials.Count, type, device),
            MemberTensors.Repeat(network.BufferShapes, initial[network.ParameterShapes.Length..], trials.Count, type, device),
            parameters => new CohortSgd(settings, parameters))
    {
    }

    private LayerCohort(
        SequentialNetwork network, Link link, LossFunction[] members, Tensor[] parameters, Tensor[] buffers, Func<Tensor[], CohortSgd> descent)
    {
        (_network, _link, _members, _parameters, _buffers) = (network, link, members, parameters, buffers);
        _losses = new CohortLosses(members, link, parameters[0].dtype, parameters[0].device);
        _sgd = descent(parameters);

        // Views of the parameters as layers want them, and leaves for autograd.
        using var scope = NewDisposeScope();
        _leaves = [.. parameters.Select(parameter => parameter.flatten(0, 1).detach().requires_grad_(true).DetachFromDisposeScope())];
    }

    /// <inheritdoc/>
    public void Step(Tensor inputs, Tensor targets, ForwardPass pass, ReadOnlySpan<double> learningRates, Span<bool> diverged)
    {
        using var scope = NewDisposeScope();
        Tensor[] moved = [.. _buffers.Select(buffer => buffer.clone())];
        var logits = _network.Forward(inputs, [.. _leaves, .. moved.Select(buffer => buffer.flatten(0, 1))], pass)
            .unflatten(1, [_members.Length, _network.Outputs]).transpose(0, 1);
        var gradients = autograd.grad([logits], _leaves, [Differentiate(logits.detach(), targets, diverged)]);
        using var quiet = no_grad();
        Move([.. gradients.Zip(_parameters, (gradient, parameter) => gradient.view(parameter.shape))], moved, learningRates, diverged);
    }

    /// <inheritdoc/>
    public ICohort Keep(IReadOnlyList<int> members)
    {
        using var scope = NewDisposeScope();
        var rows = tensor(members.Select(member => (long)member).ToArray(), device: _parameters[0].device);
        var kept = new LayerCohort(
            _network, _link, [.. members.Select(member => _members[member])], _parameters.Keep(rows), _buffers.Keep(rows), parameters => _sgd.Keep(rows, parameters));
        Dispose();
        return kept;
    }

    /// <inheritdoc/>
    public Tensor[] Release(int member) => _parameters.Concat(_buffers).Release(member);

    /// <inheritdoc/>
    public void Dispose()
    {
        _losses.Dispose();
        _sgd.Dispose();
        MemberTensors.Dispose([.. _leaves, .. _parameters, .. _buffers]);
    }

    private Tensor Differentiate(Tensor logits, Tensor targets, Span<bool> diverged)
    {
        using var quiet = no_grad();
        return _losses.Differentiate(logits, targets, diverged);
    }

    // Where a member's loss is fine, its gradient need not be; and where its values are not finite, no gradient of 0 in its logits makes 0 of those below.
    private void Move(Tensor[] gradients, Tensor[] moved, ReadOnlySpan<double> learningRates, Span<bool> diverged)
    {
        var finite = stack(gradients.Select(gradient => gradient.flatten(1).isfinite().all(dim: 1))).all(dim: 0).cpu().data<bool>();
        for (var member = 0; member < diverged.Length; member++)
        {
            diverged[member] |= !finite[member];
        }

        if (diverged.Contains(true))
        {
            var alive = tensor(diverged.ToArray().Select(d => !d).ToArray()).to(_parameters[0].device);
            gradients = [.. gradients.Select(gradient => where(Along(alive, gradient), gradient, zeros_like(gradient)))];
            moved = [.. moved.Zip(_buffers, (now, before) => where(Along(alive, now), now, before))];
        }

        _sgd.Step(gradients, learningRates, diverged);
        for (var i = 0; i < moved.Length; i++)
        {
            _buffers[i].copy_(moved[i]);
        }
    }

    private static Tensor Along(Tensor members, Tensor values) => members.view([-1, .. Enumerable.Repeat(1L, (int)values.dim() - 1)]);
}
