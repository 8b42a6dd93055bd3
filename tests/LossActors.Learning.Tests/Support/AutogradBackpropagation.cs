using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Training;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Support;

/// <summary>Any network without buffers and dropout, differentiated by libtorch from the gradient in its logits on: what rules written by hand are held against.</summary>
internal sealed class AutogradBackpropagation<T> : IBackpropagation<T>
    where T : unmanaged
{
    private readonly INetwork _network;
    private readonly HostTensor<T> _weights;
    private readonly HostTensor<T> _gradient;
    private readonly Tensor[] _parameters;
    private readonly Tensor[] _gradients;
    private Tensor? _logits;

    public AutogradBackpropagation(INetwork network)
    {
        _network = network;
        _weights = new HostTensor<T>(network.ParameterCount());
        _gradient = new HostTensor<T>(network.ParameterCount());
        _parameters = new Tensor[network.ParameterShapes.Length];
        _gradients = new Tensor[_parameters.Length];
        var offset = 0L;
        for (var i = 0; i < _parameters.Length; i++)
        {
            var shape = network.ParameterShapes[i];
            // Detached, the view is a leaf that shares the memory.
            using var view = _weights.View(offset, shape);
            _parameters[i] = view.detach().requires_grad_(true);
            _parameters[i].DetachFromDisposeScope();
            _gradients[i] = _gradient.View(offset, shape);
            offset += shape.Size();
        }
    }

    /// <inheritdoc/>
    public int Members => 1;

    /// <inheritdoc/>
    public Span<T> Weights => _weights.Span;

    /// <inheritdoc/>
    public ReadOnlySpan<T> Gradient => _gradient.Span;

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Parameters => _parameters;

    /// <inheritdoc/>
    public ReadOnlySpan<T> Forward(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        _logits?.Dispose();
        _logits = _network.Forward(inputs, _parameters, ForwardPass.Judgement).DetachFromDisposeScope();
        return Vectors.Of<T>(_logits);
    }

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<T> logitsGradient)
    {
        if (_logits is null)
        {
            throw new InvalidOperationException("Backward comes after Forward.");
        }

        using var scope = NewDisposeScope();
        var outer = empty_like(_logits);
        logitsGradient.CopyTo(Vectors.Of<T>(outer));
        var gradients = autograd.grad([_logits], _parameters, [outer]);
        using var quiet = no_grad();
        for (var i = 0; i < gradients.Count; i++)
        {
            _gradients[i].copy_(gradients[i]);
        }

        _logits.Dispose();
        _logits = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _logits?.Dispose();
        foreach (var view in (Tensor[])[.. _parameters, .. _gradients])
        {
            view.Dispose();
        }

        _weights.Dispose();
        _gradient.Dispose();
    }
}
