using LossActors.Evolution.Randomness;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks.Layers;

/// <summary>
/// Hands the layers of one forward pass, each in its turn, what is theirs: parameters, buffers, and the stream of a dropout mask. The order is that of the shapes which layers
/// name. For a cohort every tensor holds all members' entries, one member after the other along its first dimension.
/// </summary>
public sealed class LayerFeed
{
    private readonly IReadOnlyList<Tensor> _state;
    private readonly ForwardPass _pass;
    private int _parameter;
    private int _buffer;
    private int _mask;

    internal LayerFeed(IReadOnlyList<Tensor> state, int parameters, ForwardPass pass) => (_state, _buffer, _pass) = (state, parameters, pass);

    /// <summary>Whether batches are normalised by their own statistics.</summary>
    internal bool UsesBatchStatistics => _pass.UsesBatchStatistics;

    /// <summary>The next parameter.</summary>
    internal Tensor Parameter() => _state[_parameter++];

    /// <summary>The next buffer where the pass reads or moves it; null otherwise.</summary>
    internal Tensor? Buffer()
    {
        var buffer = _buffer++;
        return (_pass.IsTraining || !_pass.UsesBatchStatistics) && buffer < _state.Count ? _state[buffer] : null;
    }

    /// <summary>What the next mask is drawn from; null: nothing is dropped.</summary>
    internal RandomStream? Mask() => _pass.Mask(_mask++);
}
