using System.Collections.Immutable;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks.Layers;

/// <summary>One layer of a <see cref="SequentialNetwork"/>: shapes, and its values as tensor operations. How it is differentiated by hand is a rule of its own.</summary>
public abstract record Layer
{
    /// <summary>The shape of one instance's output: [channels, height, width] or [features].</summary>
    /// <param name="input">The shape of one instance's input.</param>
    /// <exception cref="NetworkException">The layer does not fit this input.</exception>
    public abstract ImmutableArray<int> OutputShape(ImmutableArray<int> input);

    /// <summary>The shape of each parameter, in PyTorch's order and layout; none unless a layer says otherwise.</summary>
    /// <param name="input">The shape of one instance's input.</param>
    public virtual ImmutableArray<ImmutableArray<long>> ParameterShapes(ImmutableArray<int> input) => [];

    /// <summary>Multiplications by weights that one instance takes.</summary>
    /// <param name="input">The shape of one instance's input.</param>
    public virtual long MultiplyAdds(ImmutableArray<int> input) => 0;

    /// <summary>The outputs of a batch.</summary>
    /// <param name="inputs">[batch, shape of one instance].</param>
    /// <param name="parameters">Tensors of <see cref="ParameterShapes"/>.</param>
    public abstract Tensor Forward(Tensor inputs, ReadOnlySpan<Tensor> parameters);
}
