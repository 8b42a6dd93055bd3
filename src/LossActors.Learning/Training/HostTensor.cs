using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>A contiguous CPU tensor whose memory is also a span, so that matrix products are libtorch's and the rest is vector code.</summary>
internal sealed unsafe class HostTensor<T> : IDisposable
    where T : unmanaged
{
    private readonly T* _pointer;
    private readonly int _length;

    /// <summary>Allocates zeros.</summary>
    public HostTensor(params ReadOnlySpan<long> shape)
    {
        using var scope = NewDisposeScope();
        Tensor = zeros(shape.ToArray(), Type, CPU).DetachFromDisposeScope();
        var bytes = Tensor.bytes;
        _pointer = (T*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes));
        _length = bytes.Length / sizeof(T);
    }

    /// <summary>The element type as torch names it.</summary>
    public static ScalarType Type => typeof(T) == typeof(float) ? ScalarType.Float32 : ScalarType.Float64;

    /// <summary>The tensor.</summary>
    public Tensor Tensor { get; }

    /// <summary>Where its memory begins, which never moves; valid until disposal.</summary>
    public T* Pointer => _pointer;

    /// <summary>Its memory; valid until disposal.</summary>
    public Span<T> Span => new(_pointer, _length);

    /// <summary>A view of consecutive entries in another shape, sharing the memory. The caller owns it.</summary>
    public Tensor View(long offset, IReadOnlyList<long> shape)
    {
        using var scope = NewDisposeScope();
        return Tensor.flatten().narrow(0, offset, shape.Aggregate(1L, (a, b) => a * b)).view([.. shape]).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose() => Tensor.Dispose();
}
