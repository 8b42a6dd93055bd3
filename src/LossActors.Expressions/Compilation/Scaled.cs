using System.Numerics;
using System.Runtime.CompilerServices;

namespace LossActors.Expressions.Compilation;

/// <summary>A slot read through the coefficient of its node.</summary>
internal readonly ref struct Scaled<T>(ReadOnlySpan<Vector<T>> slot, T weight)
{
    private readonly ReadOnlySpan<Vector<T>> _slot = slot;
    private readonly T _weight = weight;

    public Vector<T> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _slot[index] * _weight;
    }
}
