using System.Numerics;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>Dense networks that differ in their losses and learning rates and see the same batches, trained together on the CPU; see <see cref="DenseBackpropagation{T}"/>.</summary>
internal sealed class DenseCohort<T> : ICohort
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DenseNetwork _network;
    private readonly TrainingSettings _settings;
    private readonly int _batch;
    private readonly DenseBackpropagation<T> _networks;
    private readonly LogitLoss<T>[] _losses;
    private readonly Sgd<T> _sgd;
    private readonly T[] _logitsGradient;

    public DenseCohort(
        DenseNetwork network, Link link, IReadOnlyList<Trial> trials, TrainingSettings settings, int batch, float[][] initial)
        : this(network, [.. trials.Select(trial => LogitLosses.Create<T>(trial.Loss, link, network.Outputs))], settings, batch) =>
        _networks.Load(initial);

    private DenseCohort(DenseNetwork network, LogitLoss<T>[] losses, TrainingSettings settings, int batch)
    {
        (_network, _losses, _settings, _batch) = (network, losses, settings, batch);
        _networks = new DenseBackpropagation<T>(network, batch, losses.Length);
        _sgd = new Sgd<T>(settings, _networks.Weights.Length);
        _logitsGradient = new T[losses.Length * batch * network.Outputs];
    }

    /// <inheritdoc/>
    public void Step(Tensor inputs, Tensor targets, ForwardPass pass, ReadOnlySpan<double> learningRates, Span<bool> diverged)
    {
        Differentiate(_networks.Forward(inputs), Vectors.Of<T>(targets), diverged);
        _networks.Backward(_logitsGradient);
        foreach (var block in _networks.Blocks)
        {
            for (var member = 0; member < diverged.Length; member++)
            {
                if (!diverged[member])
                {
                    _sgd.Step(_networks.Weights, _networks.Gradient.Slice(block.Start(member), block.Size), learningRates[member], block.Start(member));
                }
            }
        }
    }

    /// <inheritdoc/>
    public ICohort Keep(IReadOnlyList<int> members)
    {
        var kept = new DenseCohort<T>(_network, [.. members.Select(member => _losses[member])], _settings, _batch);
        foreach (var (from, to) in _networks.Blocks.Zip(kept._networks.Blocks))
        {
            for (var place = 0; place < members.Count; place++)
            {
                from.Of(_networks.Weights, members[place]).CopyTo(to.Of(kept._networks.Weights, place));
                from.Of(_sgd.Momenta, members[place]).CopyTo(to.Of(kept._sgd.Momenta, place));
            }
        }

        Dispose();
        return kept;
    }

    /// <inheritdoc/>
    public Tensor[] Release(int member)
    {
        using var scope = NewDisposeScope();
        return [.. _networks.Views(member).Select(view =>
        {
            using (view)
            {
                return view.clone().DetachFromDisposeScope();
            }
        })];
    }

    /// <inheritdoc/>
    public void Dispose() => _networks.Dispose();

    private void Differentiate(ReadOnlySpan<T> logits, ReadOnlySpan<T> targets, Span<bool> diverged)
    {
        var size = targets.Length;
        for (var member = 0; member < diverged.Length; member++)
        {
            var gradient = _logitsGradient.AsSpan(member * size, size);
            if (!diverged[member])
            {
                var loss = _losses[member].Differentiate(logits.Slice(member * size, size), targets, gradient);
                diverged[member] = !T.IsFinite(loss) || !Finiteness.OfAll<T>(gradient);
            }

            if (diverged[member])
            {
                gradient.Clear();
            }
        }
    }
}
