using System.Numerics;
using System.Runtime.InteropServices;

namespace LossActors.Learning.Losses;

/// <summary>Vector arithmetic on spans whose results depend on no entry's position and on no vector's width.</summary>
internal static class Vectors
{
    /// <summary>Replaces each entry by its exponential.</summary>
    public static void Exp<T>(Span<T> values)
        where T : unmanaged
    {
        var width = Vector<T>.Count;
        var i = 0;
        for (; i <= values.Length - width; i += width)
        {
            Exp(new Vector<T>(values[i..])).CopyTo(values[i..]);
        }

        if (i < values.Length)
        {
            // The scalar functions round otherwise than the vector ones: the rest goes through a vector too.
            Span<T> rest = stackalloc T[width];
            rest.Clear();
            values[i..].CopyTo(rest);
            Exp(new Vector<T>(rest)).CopyTo(rest);
            rest[..(values.Length - i)].CopyTo(values[i..]);
        }
    }

    /// <summary>The entries of a CPU tensor in its own memory; the tensor must be contiguous and outlive the span.</summary>
    public static Span<T> Of<T>(TorchSharp.torch.Tensor tensor)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.bytes);

    /// <summary>A CPU tensor with copies of some numbers, [numbers]; it belongs to the caller's dispose scope.</summary>
    public static TorchSharp.torch.Tensor ToTensor<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        var tensor = TorchSharp.torch.empty(numbers.Length, typeof(T) == typeof(float) ? TorchSharp.torch.ScalarType.Float32 : TorchSharp.torch.ScalarType.Float64);
        numbers.CopyTo(Of<T>(tensor));
        return tensor;
    }

    /// <summary>A copy of a tensor's entries, whatever its type and device.</summary>
    public static double[] ToDoubles(TorchSharp.torch.Tensor tensor)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        return tensor.detach().to(TorchSharp.torch.ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
    }

    private static Vector<T> Exp<T>(Vector<T> x) => typeof(T) == typeof(float)
        ? Vector.Exp(x.As<T, float>()).As<float, T>()
        : Vector.Exp(x.As<T, double>()).As<double, T>();
}
