using LossActors.Learning.Losses;
using LossActors.Learning.Losses.Batched;
using LossActors.Learning.Losses.Neural;
using TorchSharp;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>The losses of a cohort's members, learned or the task's own, as functions of their logits; see <see cref="BatchedLosses"/>.</summary>
internal sealed class CohortLosses : IDisposable
{
    private readonly Link _link;
    private readonly BatchedLosses? _learned;
    private readonly (int Member, TensorNeuralLoss Loss)[] _neural;
    private readonly Tensor _learnedMembers;
    private readonly Tensor _taskMembers;
    private readonly int _members;

    /// <param name="losses">One per member.</param>
    /// <param name="link">How logits become predictions.</param>
    /// <param name="type">Of all numbers.</param>
    /// <param name="device">Of all tensors.</param>
    public CohortLosses(IReadOnlyList<LossFunction> losses, Link link, ScalarType type, Device device)
    {
        _link = link;
        _members = losses.Count;
        LossFunction.Symbolic[] learned = [.. losses.OfType<LossFunction.Symbolic>()];
        _learned = learned.Length > 0 ? new BatchedLosses([.. learned.Select(loss => loss.Expression)], type, device) : null;
        _neural = [.. losses.Index().Where(loss => loss.Item is LossFunction.Neural)
            .Select(loss => (loss.Index, new TensorNeuralLoss(((LossFunction.Neural)loss.Item).Network, type, device)))];
        _learnedMembers = Rows<LossFunction.Symbolic>();
        _taskMembers = Rows<LossFunction.TaskLoss>();

        Tensor Rows<TLoss>() => IndexedGroup.Rows([.. Enumerable.Range(0, losses.Count).Where(i => losses[i] is TLoss)], device);
    }

    /// <summary>dL/dlogits of every member, 0 for those that have diverged.</summary>
    /// <param name="logits">[member, batch, outputs].</param>
    /// <param name="targets">[batch, outputs].</param>
    /// <param name="diverged">Set for members whose loss or gradient is not finite.</param>
    public Tensor Differentiate(Tensor logits, Tensor targets, Span<bool> diverged)
    {
        var (outputs, entries) = (targets.shape[1], targets.numel());
        using var scale = (1.0 / _link.Divisor((int)entries, (int)outputs)).ToScalar();
        var predictions = _link.Predict(logits);
        var losses = zeros(_members, logits.dtype, logits.device);
        var gradient = zeros_like(logits);
        if (_learned is not null)
        {
            var mine = predictions.index_select(0, _learnedMembers);
            var (values, slopes) = _learned.Differentiate(targets.flatten(), mine.flatten(1));
            losses.index_copy_(0, _learnedMembers, values.sum(dim: 1));
            gradient.index_copy_(0, _learnedMembers, _link.Chain(mine, slopes.view(mine.shape)) * scale);
        }

        foreach (var (member, loss) in _neural)
        {
            var mine = predictions[member];
            var (values, slopes) = new NeuralLayers(loss.Parameters).Differentiate(targets.flatten(), mine.flatten());
            losses[member] = values.sum();
            gradient[member] = _link.Chain(mine, slopes.view(mine.shape)) * scale;
        }

        if (_taskMembers.numel() > 0)
        {
            // (f − y) is the gradient of both cross-entropies, and half of the squared error's; where the loss itself is not finite, neither are the predictions.
            var errors = predictions.index_select(0, _taskMembers) - targets;
            losses.index_copy_(0, _taskMembers, errors.square().sum([1, 2]));
            using var factor = (_link == Link.Identity ? 2.0 : 1.0).ToScalar();
            gradient.index_copy_(0, _taskMembers, errors * factor * scale);
        }

        var isFinite = losses.isfinite().logical_and(gradient.isfinite().flatten(1).all(dim: 1));
        var flags = isFinite.cpu().data<bool>();
        for (var member = 0; member < diverged.Length; member++)
        {
            diverged[member] |= !flags[member];
        }

        var isAlive = tensor(diverged.ToArray().Select(d => !d).ToArray()).to(logits.device);
        return where(isAlive.view(-1, 1, 1), gradient, zeros_like(gradient));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _learned?.Dispose();
        foreach (var (_, loss) in _neural)
        {
            loss.Dispose();
        }

        _learnedMembers.Dispose();
        _taskMembers.Dispose();
    }
}
