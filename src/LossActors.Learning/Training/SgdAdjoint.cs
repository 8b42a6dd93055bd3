using System.Numerics;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Training;

/// <summary>
/// The reverse of <see cref="Sgd{T}"/>: from the derivative of some outcome in the last weights, step by step back to the first. With
/// d = g + μ b (Nesterov) or b, b = μ b₋ + g and g = ∇L + λ w, a step's weights w − α d pass their derivative on to d, to the buffer, to g and to w.
/// </summary>
/// <param name="settings">Of the descent.</param>
/// <param name="parameters">How many weights.</param>
internal sealed class SgdAdjoint<T>(TrainingSettings settings, int parameters)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _decay = T.CreateChecked(settings.WeightDecay);
    private readonly T _momentum = T.CreateChecked(settings.Momentum);
    private readonly bool _nesterov = settings.Nesterov && settings.Momentum > 0;
    private readonly T[] _weights = new T[parameters];
    private readonly T[] _buffer = new T[parameters];
    private readonly T[] _gradient = new T[parameters];

    /// <summary>The outcome's derivative in the loss gradient of the step last gone back.</summary>
    public ReadOnlySpan<T> Gradient => _gradient;

    /// <summary>Begins after the last step.</summary>
    /// <param name="last">The derivative in the last weights; copied.</param>
    public void Begin(ReadOnlySpan<T> last)
    {
        last.CopyTo(_weights);
        _buffer.AsSpan().Clear();
    }

    /// <summary>Goes back one step; what its gradient owes to its weights (<see cref="AddCurvature"/>) is still to come.</summary>
    /// <param name="learningRate">That step's.</param>
    public void Step(double learningRate)
    {
        var (rate, width) = (T.CreateChecked(learningRate), Vector<T>.Count);
        var (rates, momentum, decay) = (new Vector<T>(rate), new Vector<T>(_momentum), new Vector<T>(_decay));
        var i = 0;
        for (; i <= _weights.Length - width; i += width)
        {
            var weights = new Vector<T>(_weights, i);
            var direction = -(weights * rates);
            var buffer = new Vector<T>(_buffer, i) + (_nesterov ? direction * momentum : direction);
            var gradient = _nesterov ? direction + buffer : buffer;
            (buffer * momentum).CopyTo(_buffer, i);
            gradient.CopyTo(_gradient, i);
            (weights + (gradient * decay)).CopyTo(_weights, i);
        }

        for (; i < _weights.Length; i++)
        {
            var direction = -(_weights[i] * rate);
            var buffer = _buffer[i] + (_nesterov ? direction * _momentum : direction);
            _buffer[i] = buffer * _momentum;
            _gradient[i] = _nesterov ? direction + buffer : buffer;
            _weights[i] += _gradient[i] * _decay;
        }
    }

    /// <summary>Adds the product of the loss's Hessian at the step's weights with <see cref="Gradient"/>.</summary>
    public void AddCurvature(ReadOnlySpan<T> product) => DenseDerivatives.Add(product, _weights);
}
