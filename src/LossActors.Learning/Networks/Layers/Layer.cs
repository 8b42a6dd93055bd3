using System.Collections.Immutable;
using LossActors.Evolution.Randomness;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks.Layers;

/// <summary>
/// One layer of a <see cref="SequentialNetwork"/>: shapes, and its values as tensor operations. How it is differentiated by hand is a rule of its own.
/// </summary>
/// <remarks>
/// The same operations serve one network and a cohort, whose members lie side by side along the second dimension: values are [batch, member · channels, height, width] or
/// [batch, member · features], parameters [member · shape]. What no parameter has touched yet is the same for all members and there only once.
/// </remarks>
public abstract record Layer
{
    /// <summary>The shape of one instance's output: [channels, height, width] or [features].</summary>
    /// <param name="input">The shape of one instance's input.</param>
    /// <exception cref="NetworkException">The layer does not fit this input.</exception>
    public abstract ImmutableArray<int> OutputShape(ImmutableArray<int> input);

    /// <summary>The shape of each parameter, in PyTorch's order and layout; none unless a layer says otherwise.</summary>
    /// <param name="input">The shape of one instance's input.</param>
    public virtual ImmutableArray<ImmutableArray<long>> ParameterShapes(ImmutableArray<int> input) => [];

    /// <summary>The shape of each buffer; none unless a layer says otherwise.</summary>
    /// <param name="input">The shape of one instance's input.</param>
    public virtual ImmutableArray<ImmutableArray<long>> BufferShapes(ImmutableArray<int> input) => [];

    /// <summary>Draws each parameter's initial entries.</summary>
    /// <param name="input">The shape of one instance's input.</param>
    /// <param name="stream">Advanced by the same number of draws every time.</param>
    public virtual IEnumerable<float[]> InitialParameters(ImmutableArray<int> input, RandomStream stream) => [];

    /// <summary>Each buffer's initial entries.</summary>
    /// <param name="input">The shape of one instance's input.</param>
    public virtual IEnumerable<float[]> InitialBuffers(ImmutableArray<int> input) => [];

    /// <summary>Multiplications by weights that one instance takes.</summary>
    /// <param name="input">The shape of one instance's input.</param>
    public virtual long MultiplyAdds(ImmutableArray<int> input) => 0;

    /// <summary>Numbers per instance that a backward pass may need again: the layer's outputs, and those of the layers within it.</summary>
    /// <param name="input">The shape of one instance's input.</param>
    public virtual long Activations(ImmutableArray<int> input) => OutputShape(input).Size();

    /// <summary>The fewest instances that a batch of a training must have.</summary>
    /// <param name="input">The shape of one instance's input.</param>
    public virtual int LeastBatch(ImmutableArray<int> input) => 1;

    /// <summary>The outputs of a batch.</summary>
    /// <param name="inputs">[batch, shape of one instance], with the members of a cohort side by side.</param>
    /// <param name="input">The shape of one instance's input.</param>
    /// <param name="feed">Whence the layer takes what is its own.</param>
    public abstract Tensor Forward(Tensor inputs, ImmutableArray<int> input, LayerFeed feed);

    /// <summary>For messages: 3×32×32.</summary>
    protected static string Text(ImmutableArray<int> shape) => string.Join('×', shape);

    /// <summary>Values of so many channels over all members; what all share is repeated for each.</summary>
    protected static Tensor ForAll(Tensor values, long channels)
    {
        var shape = values.shape;
        return shape[1] == channels ? values : values.repeat([1, channels / shape[1], .. shape.Skip(2).Select(_ => 1L)]);
    }
}
