using System.Numerics;
using LossActors.Learning.Networks;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>
/// One number per weight for every member of a cohort of dense networks: their weights, gradients, directions. In blocks [member, shape] one after another, so that a layer's
/// matrices lie side by side.
/// </summary>
/// <remarks>Matrices are [member, out, in]; the first layer's, and those of a single network, [member · out, in].</remarks>
internal sealed class DenseParameters<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DenseNetwork _network;
    private readonly HostTensor<T> _all;
    private readonly ParameterBlock[] _blocks;
    private readonly Tensor[] _matrices;
    private readonly Tensor[] _transposed;

    public DenseParameters(DenseNetwork network, int members)
    {
        _network = network;
        _blocks = ParameterBlock.Of(network, members);
        _all = new HostTensor<T>((long)network.ParameterCount() * members);
        var widths = network.Widths;
        _matrices = [.. Enumerable.Range(0, widths.Length - 1).Select(layer => _all.View(
            _blocks[2 * layer].Offset,
            layer == 0 || members == 1 ? [(long)members * widths[layer + 1], widths[layer]] : [members, widths[layer + 1], widths[layer]]))];
        _transposed = [.. _matrices.Select(matrix => matrix.transpose(-2, -1).DetachFromDisposeScope())];
    }

    /// <summary>All of them.</summary>
    public Span<T> All => _all.Span;

    /// <summary>One block per parameter, in the network's order.</summary>
    public IReadOnlyList<ParameterBlock> Blocks => _blocks;

    /// <summary>A layer's matrices.</summary>
    public Tensor Matrix(int layer) => _matrices[layer];

    /// <summary>The same with rows and columns exchanged, [.., in, out].</summary>
    public Tensor Transposed(int layer) => _transposed[layer];

    /// <summary>A layer's matrices, [member, out, in].</summary>
    public Span<T> Weights(int layer) => _blocks[2 * layer].All(_all.Span);

    /// <summary>A layer's biases, [member, out].</summary>
    public Span<T> Biases(int layer) => _blocks[(2 * layer) + 1].All(_all.Span);

    /// <summary>Gives every member the same weights.</summary>
    public void Load(float[][] initial)
    {
        for (var i = 0; i < _blocks.Length; i++)
        {
            var first = _blocks[i].Of(_all.Span, 0);
            if (initial[i] is T[] same)
            {
                same.CopyTo(first);
            }
            else
            {
                for (var entry = 0; entry < first.Length; entry++)
                {
                    first[entry] = T.CreateChecked(initial[i][entry]);
                }
            }

            for (var member = 1; member < _blocks[i].Members; member++)
            {
                first.CopyTo(_blocks[i].Of(_all.Span, member));
            }
        }
    }

    /// <summary>A member's parameters in the network's shapes, sharing this memory. The caller owns them.</summary>
    public Tensor[] Views(int member) => [.. _blocks.Select((block, i) => _all.View(block.Start(member), _network.ParameterShapes[i]))];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var view in (Tensor[])[.. _transposed, .. _matrices])
        {
            view.Dispose();
        }

        _all.Dispose();
    }
}
