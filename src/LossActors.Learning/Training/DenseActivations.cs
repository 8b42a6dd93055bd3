using System.Numerics;
using LossActors.Learning.Networks;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>One number per unit and instance for every member of a cohort of dense networks: outputs, gradients in them, tangents.</summary>
/// <remarks>Every member sees the same batch, so the first layer is one product for all: its members lie side by side. Later layers' lie one after another.</remarks>
internal sealed class DenseActivations<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MemberRows<T>[] _layers;
    private readonly T[] _logits;

    public DenseActivations(DenseNetwork network, int members, int batch)
    {
        _layers = [.. network.Widths.Skip(1).Select((width, layer) => new MemberRows<T>(members, batch, width, sideBySide: layer == 0))];
        _logits = new T[members * batch * network.Outputs];
    }

    /// <summary>How many layers.</summary>
    public int Count => _layers.Length;

    /// <summary>A layer's numbers.</summary>
    public MemberRows<T> this[int layer] => _layers[layer];

    /// <summary>A layer's numbers as they lie.</summary>
    public Span<T> Span(int layer) => _layers[layer].Span;

    /// <summary>A layer's numbers as they lie: the first one's, or those of a single network, [batch, member · width], others [member, batch, width].</summary>
    public Tensor Tensor(int layer) => _layers[layer].Tensor;

    /// <summary><see cref="Tensor(int)"/> with its last two dimensions exchanged.</summary>
    public Tensor Transposed(int layer) => _layers[layer].Transposed;

    /// <summary>A layer's numbers as [member, batch, width], or of a single network [batch, width].</summary>
    public Tensor ByMember(int layer) => _layers[layer].ByMember;

    /// <summary>The last layer's numbers, [member, batch, width]; valid until the next call.</summary>
    public ReadOnlySpan<T> Logits() => _layers[^1].InOrder(_logits);

    /// <summary>Sets the last layer's numbers.</summary>
    /// <param name="values">[member, batch, width].</param>
    public void SetLogits(ReadOnlySpan<T> values) => _layers[^1].Set(values);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var layer in _layers)
        {
            layer.Dispose();
        }
    }
}
