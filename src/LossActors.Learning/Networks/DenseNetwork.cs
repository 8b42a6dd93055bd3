using System.Collections.Immutable;
using LossActors.Evolution.Randomness;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks;

/// <summary>Fully connected layers: linear (or logistic) regression without hidden layers, a multi-layer perceptron with them.</summary>
public sealed class DenseNetwork : INetwork
{
    /// <summary>Makes a network of the given widths.</summary>
    /// <param name="widths">Inputs, hidden widths, outputs; at least two numbers, each positive.</param>
    /// <param name="activation">What hidden layers apply.</param>
    public DenseNetwork(ImmutableArray<int> widths, Activation activation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(widths.Length, 2);
        Widths = widths;
        Activation = activation;
        ParameterShapes =
        [
            .. Enumerable.Range(0, widths.Length - 1)
                .SelectMany(i => new ImmutableArray<long>[] { [widths[i + 1], widths[i]], [widths[i + 1]] }),
        ];
    }

    /// <summary>Inputs, hidden widths, outputs.</summary>
    public ImmutableArray<int> Widths { get; }

    /// <summary>What hidden layers apply.</summary>
    public Activation Activation { get; }

    /// <inheritdoc/>
    public string Name => Widths.Length == 2 ? "linear" : "mlp";

    /// <inheritdoc/>
    public int Outputs => Widths[^1];

    /// <inheritdoc/>
    public ImmutableArray<ImmutableArray<long>> ParameterShapes { get; }

    /// <inheritdoc/>
    public long Activations => Widths.Skip(1).Sum(width => (long)width);

    /// <inheritdoc/>
    public float[][] Initialise(RandomStream stream)
    {
        var weights = new float[ParameterShapes.Length][];
        for (var layer = 0; layer < Widths.Length - 1; layer++)
        {
            var (fanIn, fanOut) = (Widths[layer], Widths[layer + 1]);
            weights[2 * layer] = Initialisers.XavierUniform(stream, fanIn * fanOut, fanIn, fanOut);
            weights[(2 * layer) + 1] = new float[fanOut];
        }

        return weights;
    }

    /// <inheritdoc/>
    public Tensor Forward(Tensor inputs, IReadOnlyList<Tensor> state, ForwardPass pass)
    {
        var outputs = inputs;
        for (var layer = 0; layer < Widths.Length - 1; layer++)
        {
            outputs = nn.functional.linear(outputs, state[2 * layer], state[(2 * layer) + 1]);
            if (layer < Widths.Length - 2)
            {
                outputs = Activation == Activation.Relu ? outputs.relu() : outputs.tanh();
            }
        }

        return outputs;
    }
}
