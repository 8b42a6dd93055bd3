using System.Collections.Immutable;
using LossActors.Evolution.Randomness;
using TorchSharp;

namespace LossActors.Learning.Networks;

/// <summary>
/// A base network as a pure function of its weights, which are explicit tensors: the same network trains any number of
/// candidates, and a step of training can itself be differentiated.
/// </summary>
public interface INetwork
{
    /// <summary>The name used in settings: <c>linear</c>, <c>mlp</c>, <c>lenet5</c>.</summary>
    string Name { get; }

    /// <summary>Outputs per instance.</summary>
    int Outputs { get; }

    /// <summary>The shape of each parameter tensor, in PyTorch's order and layout (weight [out, in], bias [out]).</summary>
    ImmutableArray<ImmutableArray<long>> ParameterShapes { get; }

    /// <summary>The shape of each buffer: state that training moves without a gradient, such as the running statistics of batch normalisation.</summary>
    ImmutableArray<ImmutableArray<long>> BufferShapes => [];

    /// <summary>Numbers per instance that all layers give: what a backward pass may need again.</summary>
    long Activations { get; }

    /// <summary>The fewest instances that a batch of a training must have.</summary>
    int LeastBatch => 1;

    /// <summary>Draws initial weights, one row-major array per parameter tensor and then one per buffer; the same stream gives the same weights on every device.</summary>
    float[][] Initialise(RandomStream stream);

    /// <summary>Computes the outputs (logits), shape [batch, <see cref="Outputs"/>].</summary>
    /// <param name="inputs">Instances, shape [batch, features].</param>
    /// <param name="state">
    /// Parameter tensors of <see cref="ParameterShapes"/>, then buffers of <see cref="BufferShapes"/>. Only evaluation reads the buffers, so they may be left out otherwise; training moves
    /// those that are there in place.
    /// </param>
    /// <param name="pass">The mode.</param>
    torch.Tensor Forward(torch.Tensor inputs, IReadOnlyList<torch.Tensor> state, ForwardPass pass);
}
