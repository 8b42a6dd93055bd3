using System.Collections.Immutable;

namespace LossActors.Learning.Datasets.NumPy;

/// <summary>An array as its file holds it: bytes, and how an index finds its number in them.</summary>
/// <param name="Name">Within its file.</param>
/// <param name="Type">Of each number.</param>
/// <param name="Shape">The extents.</param>
/// <param name="Strides">By how many numbers one step along each axis goes.</param>
/// <param name="Bytes">The numbers.</param>
internal sealed record NpyArray(string Name, NumberType Type, ImmutableArray<int> Shape, ImmutableArray<long> Strides, byte[] Bytes)
{
    /// <summary>An array with its header's order.</summary>
    public static NpyArray Create(string name, NpyHeader header, byte[] bytes)
    {
        var strides = new long[header.Shape.Length];
        var stride = 1L;
        for (var i = 0; i < strides.Length; i++)
        {
            var axis = header.IsFortran ? i : strides.Length - 1 - i;
            strides[axis] = stride;
            stride *= header.Shape[axis];
        }

        return new NpyArray(name, header.Type, header.Shape, [.. strides], bytes);
    }

    /// <summary>The same numbers with their axes in another order.</summary>
    public NpyArray Transpose(params ReadOnlySpan<int> axes)
    {
        var (shape, strides) = (ImmutableArray.CreateBuilder<int>(), ImmutableArray.CreateBuilder<long>());
        foreach (var axis in axes)
        {
            shape.Add(Shape[axis]);
            strides.Add(Strides[axis]);
        }

        return this with { Shape = shape.ToImmutable(), Strides = strides.ToImmutable() };
    }

    /// <summary>The bytes with the last index running fastest; the array's own where they lie so.</summary>
    public byte[] RowMajor()
    {
        if (IsRowMajor)
        {
            return Bytes;
        }

        var copy = new byte[Bytes.Length];
        var index = new int[Shape.Length];
        long from = 0;
        for (var to = 0; to < copy.Length; to += Type.Size)
        {
            Bytes.AsSpan((int)from * Type.Size, Type.Size).CopyTo(copy.AsSpan(to));
            for (var axis = index.Length - 1; axis >= 0; axis--)
            {
                from += Strides[axis];
                if (++index[axis] < Shape[axis])
                {
                    break;
                }

                from -= Strides[axis] * Shape[axis];
                index[axis] = 0;
            }
        }

        return copy;
    }

    private bool IsRowMajor
    {
        get
        {
            var stride = 1L;
            for (var axis = Shape.Length - 1; axis >= 0; axis--)
            {
                if (Shape[axis] != 1 && Strides[axis] != stride)
                {
                    return false;
                }

                stride *= Shape[axis];
            }

            return true;
        }
    }
}
