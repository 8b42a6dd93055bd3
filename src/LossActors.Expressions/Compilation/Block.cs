using System.Numerics;
using System.Runtime.InteropServices;

namespace LossActors.Expressions.Compilation;

/// <summary>
/// As many points as keep all slots of an expression in the second-level cache. A sweep runs a node's function over the whole block before
/// it turns to the next node, so the cost of choosing the function is spread over hundreds of points.
/// </summary>
internal readonly ref struct Block<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int CacheBytes = 96 * 1024;
    private const int MaxVectors = 128;

    [ThreadStatic]
    private static Vector<T>[]? t_scratch;

    private readonly Plan _plan;
    private readonly Span<Vector<T>> _slots;
    private readonly ReadOnlySpan<T> _weights;
    private readonly int _length;

    /// <summary>Takes the thread's scratch memory; a thread works on one block at a time.</summary>
    public Block(Plan plan, ReadOnlySpan<T> weights, int slots, int points)
    {
        var needed = (points + Vector<T>.Count - 1) / Vector<T>.Count;
        _length = Math.Clamp(CacheBytes / (slots * Vector<byte>.Count), 1, Math.Min(MaxVectors, Math.Max(1, needed)));
        if (t_scratch is null || t_scratch.Length < slots * _length)
        {
            t_scratch = new Vector<T>[slots * _length];
        }

        _plan = plan;
        _weights = weights;
        _slots = t_scratch.AsSpan(0, slots * _length);
        Get(Slot.One).Fill(Vector<T>.One);
        Get(Slot.MinusOne).Fill(-Vector<T>.One);
        Get(Slot.Zero).Clear();
    }

    /// <summary>Points it holds.</summary>
    public int Capacity => _length * Vector<T>.Count;

    public Plan Plan => _plan;

    public bool DependsOnF(int node) => _plan.Nodes[node].DependsOnF;

    public bool GradientVaries(int node) => _plan.Nodes[node].GradientVaries;

    /// <summary>A node's value before its coefficient.</summary>
    public Span<Vector<T>> Value(int node) => Get(_plan.Value(node));

    /// <summary>d/df of <see cref="Value"/>.</summary>
    public Span<Vector<T>> Tangent(int node) => Get(_plan.Tangent(node));

    /// <summary>dℓ/d<see cref="Output"/>.</summary>
    public Span<Vector<T>> Gradient(int node) => Get(_plan.Gradient(node));

    /// <summary>d/df of <see cref="Gradient"/>.</summary>
    public Span<Vector<T>> GradientTangent(int node) => Get(_plan.GradientTangent(node));

    /// <summary>A node's value after its coefficient.</summary>
    public Scaled<T> Output(int node) => new(Value(node), _weights[node]);

    /// <summary>d/df of <see cref="Output"/>.</summary>
    public Scaled<T> OutputTangent(int node) => new(Tangent(node), _weights[node]);

    /// <summary>dℓ/d<see cref="Value"/>.</summary>
    public Scaled<T> InnerGradient(int node) => new(Gradient(node), _weights[node]);

    /// <summary>d/df of <see cref="InnerGradient"/>.</summary>
    public Scaled<T> InnerGradientTangent(int node) => new(GradientTangent(node), _weights[node]);

    public Span<Vector<T>> Get(int slot) => _slots.Slice(slot * _length, _length);

    /// <summary>A slot as single numbers.</summary>
    public Span<T> Numbers(int slot) => MemoryMarshal.Cast<Vector<T>, T>(Get(slot));

    /// <summary>Fills a slot; what is left over repeats the last point, so that it can raise no infinity of its own.</summary>
    public void Load(int slot, ReadOnlySpan<T> numbers)
    {
        var target = Numbers(slot);
        numbers.CopyTo(target);
        target[numbers.Length..].Fill(numbers[^1]);
    }
}
