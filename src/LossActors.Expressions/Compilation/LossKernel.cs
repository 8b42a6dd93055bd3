using System.Numerics;

namespace LossActors.Expressions.Compilation;

/// <summary>
/// An expression's structure, made ready to compute values and derivatives of many points at once, with any coefficients. Immutable:
/// threads may share it. A call allocates nothing once its thread has grown its scratch memory.
/// </summary>
/// <remarks>
/// <para>
/// First derivatives are taken in reverse mode, second ones forward over reverse, by the rules of PyTorch: min and max split
/// the gradient evenly at ties, sign and abs have slope 0 at 0, log and sqrt slope 0 below their clamp; infinities and NaN spread as there.
/// </para>
/// <para>
/// Nodes are interpreted block by block, in vectors, rather than compiled to code: preparing a tree costs about a microsecond, where
/// System.Linq.Expressions takes one to five milliseconds for derivatives of a few dozen nodes, and a search prepares thousands of trees.
/// </para>
/// </remarks>
public sealed class LossKernel
{
    private readonly Plan _plan;

    private LossKernel(Plan plan) => _plan = plan;

    /// <summary>How many coefficients a call takes: one per node, root first.</summary>
    public int NodeCount => _plan.Count;

    /// <summary>Prepares a structure. The expression's own coefficients do not matter.</summary>
    public static LossKernel Compile(Expression structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        return new(new Plan(structure));
    }

    /// <summary>Value and all derivatives of an expression with its own coefficients, in double precision.</summary>
    /// <param name="expression">Which.</param>
    /// <param name="y">Targets.</param>
    /// <param name="f">Predictions, as many.</param>
    public static Derivatives PointDerivatives(Expression expression, ReadOnlySpan<double> y, ReadOnlySpan<double> f) =>
        Compile(expression).PointDerivatives(y, f, expression.Weights.AsSpan());

    /// <summary>The loss of each point.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="y">Targets.</param>
    /// <param name="f">Predictions, as many.</param>
    /// <param name="w">Coefficients, one per node, root first.</param>
    /// <param name="value">Gets ℓ(y, f) of each point.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public void Value<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> f, ReadOnlySpan<T> w, Span<T> value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(y.Length, f.Length, w.Length, value.Length, y.Length);
        var block = new Block<T>(_plan, w, _plan.Slots.Values, y.Length);
        for (var start = 0; start < y.Length; start += block.Capacity)
        {
            var count = Load(block, y, f, start);
            block.Values();
            block.Loss()[..count].CopyTo(value[start..]);
        }
    }

    /// <summary>The loss of each point and its derivative with respect to the prediction.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="y">Targets.</param>
    /// <param name="f">Predictions, as many.</param>
    /// <param name="w">Coefficients, one per node, root first.</param>
    /// <param name="value">Gets ℓ(y, f) of each point.</param>
    /// <param name="dF">Gets dℓ/df of each point.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public void Gradient<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> f, ReadOnlySpan<T> w, Span<T> value, Span<T> dF)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(y.Length, f.Length, w.Length, value.Length, dF.Length);
        var block = new Block<T>(_plan, w, _plan.Slots.Gradients, y.Length);
        for (var start = 0; start < y.Length; start += block.Capacity)
        {
            var count = Load(block, y, f, start);
            block.Values();
            block.Gradients(toAll: false);
            block.Loss()[..count].CopyTo(value[start..]);
            block.Slope()[..count].CopyTo(dF[start..]);
        }
    }

    /// <summary>
    /// <see cref="Gradient"/>, and what a meta-gradient of one inner step needs (method of Raymond et al., TPAMI 2023): per coefficient, the sums over points of dℓ/dw and of
    /// u·d²ℓ/(df dw).
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="y">Targets.</param>
    /// <param name="f">Predictions, as many.</param>
    /// <param name="w">Coefficients, one per node, root first.</param>
    /// <param name="u">The direction of each point: how its prediction moves with the step.</param>
    /// <param name="value">Gets ℓ(y, f) of each point.</param>
    /// <param name="dF">Gets dℓ/df of each point.</param>
    /// <param name="sumDw">Gets Σ dℓ/dw of each node; 0 for the root.</param>
    /// <param name="sumD2Fw">Gets Σ u·d²ℓ/(df dw) of each node; 0 for the root.</param>
    /// <param name="d2F">Gets d²ℓ/df² of each point; empty where nobody asks.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public void MetaGradient<T>(
        ReadOnlySpan<T> y,
        ReadOnlySpan<T> f,
        ReadOnlySpan<T> w,
        ReadOnlySpan<T> u,
        Span<T> value,
        Span<T> dF,
        Span<double> sumDw,
        Span<double> sumD2Fw,
        Span<T> d2F = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(y.Length, f.Length, w.Length, value.Length, dF.Length);
        if (u.Length != y.Length)
        {
            throw new ArgumentException($"{u.Length} directions for {y.Length} points.", nameof(u));
        }

        if (sumDw.Length != NodeCount || sumD2Fw.Length != NodeCount)
        {
            throw new ArgumentException($"Room for {sumDw.Length} and {sumD2Fw.Length} sums of {NodeCount} nodes.", nameof(sumDw));
        }

        if (!d2F.IsEmpty && d2F.Length != y.Length)
        {
            throw new ArgumentException($"Room for {d2F.Length} second derivatives of {y.Length} points.", nameof(d2F));
        }

        sumDw.Clear();
        sumD2Fw.Clear();
        var block = new Block<T>(_plan, w, _plan.Slots.Tangents, y.Length);
        for (var start = 0; start < y.Length; start += block.Capacity)
        {
            var count = LoadAll(block, y, f, start);
            block.Load(Slot.U, u.Slice(start, count));
            block.Loss()[..count].CopyTo(value[start..]);
            block.Slope()[..count].CopyTo(dF[start..]);
            if (!d2F.IsEmpty)
            {
                block.Curvature()[..count].CopyTo(d2F[start..]);
            }

            for (var node = 1; node < NodeCount; node++)
            {
                sumDw[node] += NodeSums.OfGradient(block, node, count);
                sumD2Fw[node] += NodeSums.OfMixed(block, node, count);
            }
        }
    }

    private Derivatives PointDerivatives(ReadOnlySpan<double> y, ReadOnlySpan<double> f, ReadOnlySpan<double> w)
    {
        var points = y.Length;
        Check(points, f.Length, w.Length, points, points);
        var result = new Derivatives(new double[points], new double[points], new double[points][], new double[points][]);
        var block = new Block<double>(_plan, w, _plan.Slots.Tangents, points);
        for (var start = 0; start < points; start += block.Capacity)
        {
            var count = LoadAll(block, y, f, start);
            block.Loss()[..count].CopyTo(result.Value.AsSpan(start));
            block.Slope()[..count].CopyTo(result.DF.AsSpan(start));
            for (var i = 0; i < count; i++)
            {
                (result.DW[start + i], result.D2FW[start + i]) = (new double[NodeCount], new double[NodeCount]);
                for (var node = 1; node < NodeCount; node++)
                {
                    result.DW[start + i][node] = NodeSums.Gradient(block, node, i);
                    result.D2FW[start + i][node] = NodeSums.Mixed(block, node, i);
                }
            }
        }

        return result;
    }

    private static int LoadAll<T>(Block<T> block, ReadOnlySpan<T> y, ReadOnlySpan<T> f, int start)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var count = Load(block, y, f, start);
        block.Values();
        block.Gradients(toAll: true);
        block.Tangents();
        return count;
    }

    private static int Load<T>(Block<T> block, ReadOnlySpan<T> y, ReadOnlySpan<T> f, int start)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var count = Math.Min(block.Capacity, y.Length - start);
        block.Load(Slot.Y, y.Slice(start, count));
        block.Load(Slot.F, f.Slice(start, count));
        return count;
    }

    private void Check(int y, int f, int w, int value, int dF)
    {
        if (f != y)
        {
            throw new ArgumentException($"{f} predictions for {y} targets.", nameof(f));
        }

        if (w != NodeCount)
        {
            throw new ArgumentException($"{w} coefficients for {NodeCount} nodes.", nameof(w));
        }

        if (value != y || dF != y)
        {
            throw new ArgumentException($"Room for {value} values and {dF} derivatives of {y} points.", nameof(value));
        }
    }
}
