using LossActors.Learning.Protocols;
using TorchSharp;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>The same descent as <see cref="Sgd{T}"/> on tensors of any device, for all members of a cohort at once, in place. A diverged member stands still.</summary>
internal sealed class CohortSgd : IDisposable
{
    private readonly TrainingSettings _settings;
    private readonly Tensor[] _parameters;
    private readonly Tensor[] _buffers;
    private readonly Scalar _momentum;
    private readonly Scalar _decay;

    /// <param name="settings">Momentum and decay.</param>
    /// <param name="parameters">[member, shape] each; changed by every step. They stay the caller's.</param>
    public CohortSgd(TrainingSettings settings, Tensor[] parameters)

        // Zero at first: μ · 0 + g is the buffer that PyTorch's first step makes.
        : this(settings, parameters, [.. parameters.Select(parameter => zeros_like(parameter).DetachFromDisposeScope())])
    {
    }

    private CohortSgd(TrainingSettings settings, Tensor[] parameters, Tensor[] buffers)
    {
        (_settings, _parameters, _buffers) = (settings, parameters, buffers);
        (_momentum, _decay) = (settings.Momentum.ToScalar(), settings.WeightDecay.ToScalar());
    }

    /// <summary>The descent of some of the members, with their momentum.</summary>
    /// <param name="rows">Which.</param>
    /// <param name="parameters">Theirs.</param>
    public CohortSgd Keep(Tensor rows, Tensor[] parameters) =>
        new(_settings, parameters, _buffers.Keep(rows));

    /// <summary>One step.</summary>
    /// <param name="gradients">Of each parameter; finite, and those of diverged members 0.</param>
    /// <param name="learningRates">One per member.</param>
    /// <param name="diverged">Who does not move.</param>
    public void Step(Tensor[] gradients, ReadOnlySpan<double> learningRates, ReadOnlySpan<bool> diverged)
    {
        var rates = new double[learningRates.Length];
        for (var member = 0; member < rates.Length; member++)
        {
            rates[member] = diverged[member] ? 0 : learningRates[member];
        }

        var all = tensor(rates, ScalarType.Float64).to(_parameters[0].dtype).to(_parameters[0].device);
        for (var i = 0; i < _parameters.Length; i++)
        {
            var g = _settings.WeightDecay == 0 ? gradients[i] : gradients[i] + (_parameters[i] * _decay);
            _buffers[i].mul_(_momentum).add_(g);
            var direction = _settings.Nesterov && _settings.Momentum > 0 ? g + (_buffers[i] * _momentum) : _buffers[i];
            _parameters[i].sub_(direction * all.view([-1, .. Enumerable.Repeat(1L, (int)_parameters[i].dim() - 1)]));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var buffer in _buffers)
        {
            buffer.Dispose();
        }

        _momentum.Dispose();
        _decay.Dispose();
    }
}
