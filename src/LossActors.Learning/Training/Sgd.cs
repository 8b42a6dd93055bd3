using System.Numerics;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Training;

/// <summary>
/// Stochastic gradient descent exactly as PyTorch's: weight decay is added to the gradient, momentum has no dampening, the first step's buffer
/// is the gradient, Nesterov's form adds μ times the new buffer to the gradient.
/// </summary>
internal sealed class Sgd<T>(TrainingSettings settings, int parameters)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _decay = T.CreateChecked(settings.WeightDecay);
    private readonly T _momentum = T.CreateChecked(settings.Momentum);
    private readonly bool _nesterov = settings.Nesterov && settings.Momentum > 0;

    // Zero at first: μ · 0 + g is the buffer that PyTorch's first step makes.
    private readonly T[] _buffer = new T[parameters];

    /// <summary>The momentum of every parameter; all 0 before the first step.</summary>
    public Span<T> Momenta => _buffer;

    /// <summary>One step, in place.</summary>
    /// <param name="weights">All parameters.</param>
    /// <param name="gradient">Their gradient.</param>
    /// <param name="learningRate">This step's.</param>
    public void Step(Span<T> weights, ReadOnlySpan<T> gradient, double learningRate) => Step(weights, gradient, learningRate, 0);

    /// <summary>One step of some of the parameters.</summary>
    /// <param name="all">All parameters.</param>
    /// <param name="gradient">The gradient of those that step.</param>
    /// <param name="learningRate">This step's.</param>
    /// <param name="first">The first one that steps.</param>
    public void Step(Span<T> all, ReadOnlySpan<T> gradient, double learningRate, int first)
    {
        var weights = all.Slice(first, gradient.Length);
        var momenta = _buffer.AsSpan(first, gradient.Length);
        var rate = T.CreateChecked(learningRate);
        var width = Vector<T>.Count;
        var (momentum, decay, rates) = (new Vector<T>(_momentum), new Vector<T>(_decay), new Vector<T>(rate));
        var i = 0;
        for (; i <= weights.Length - width; i += width)
        {
            var w = new Vector<T>(weights[i..]);
            var g = new Vector<T>(gradient[i..]) + (w * decay);
            var buffer = (new Vector<T>(momenta[i..]) * momentum) + g;
            buffer.CopyTo(momenta[i..]);
            (w - ((_nesterov ? g + (buffer * momentum) : buffer) * rates)).CopyTo(weights[i..]);
        }

        for (; i < weights.Length; i++)
        {
            var g = gradient[i] + (weights[i] * _decay);
            var buffer = (momenta[i] * _momentum) + g;
            momenta[i] = buffer;
            weights[i] -= (_nesterov ? g + (buffer * _momentum) : buffer) * rate;
        }
    }
}
