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
    private readonly DenseBackpropagation<T> _networks;
    private readonly LogitLoss<T>[] _losses;
    private readonly Sgd<T> _sgd;
    private readonly T[] _logitsGradient;

    public DenseCohort(
        DenseNetwork network, Link link, IReadOnlyList<Trial> trials, TrainingSettings settings, int batch, float[][] initial)
    {
        _losses = [.. trials.Select(trial => LogitLosses.Create<T>(trial.Loss, link, network.Outputs))];
        _networks = new DenseBackpropagation<T>(network, batch, trials.Count);
        _networks.Load(initial);
        _sgd = new Sgd<T>(settings, _networks.Weights.Length);
        _logitsGradient = new T[trials.Count * batch * network.Outputs];
    }

    /// <inheritdoc/>
    public void Step(Tensor inputs, Tensor targets, ReadOnlySpan<double> learningRates, Span<bool> diverged)
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
