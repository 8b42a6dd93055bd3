using System.Numerics;

namespace LossActors.Learning.Training.Layers;

/// <summary>
/// The two products that a convolution consists of, on tiles of the result that stay in registers. Rows are those of a <see cref="Flow{T}"/>'s block: one number of each of its
/// <see cref="Flow{T}.BlockLanes"/> instances.
/// </summary>
internal static unsafe class RegisterTiles<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many input rows <see cref="Correlate"/> takes at once.</summary>
    public const int Columns = 5;

    /// <summary>
    /// Two rows of weighted sums: output_m = start_m + Σ weight_m[run, i] · input[run, i]. Two rows of four vectors and one row of inputs are what 16 vector registers hold, and
    /// eight sums what keeps two multiply-add units busy.
    /// </summary>
    /// <param name="firstStart">What the first sum begins with.</param>
    /// <param name="secondStart">What the second one begins with.</param>
    /// <param name="weights">[run, i, m].</param>
    /// <param name="weightStride">From run to run.</param>
    /// <param name="inputs">[run, i] rows.</param>
    /// <param name="inputStride">From run to run.</param>
    /// <param name="runs">How many runs.</param>
    /// <param name="length">Rows per run.</param>
    /// <param name="first">Receives the first sum.</param>
    /// <param name="second">Receives the second sum.</param>
    public static void WeightedSums(
        T* firstStart, T* secondStart, T* weights, int weightStride, T* inputs, int inputStride, int runs, int length, T* first, T* second)
    {
        var w = Vector<T>.Count;
        var a0 = Vector.Load(firstStart);
        var a1 = Vector.Load(firstStart + w);
        var a2 = Vector.Load(firstStart + (2 * w));
        var a3 = Vector.Load(firstStart + (3 * w));
        var b0 = Vector.Load(secondStart);
        var b1 = Vector.Load(secondStart + w);
        var b2 = Vector.Load(secondStart + (2 * w));
        var b3 = Vector.Load(secondStart + (3 * w));
        for (var run = 0; run < runs; run++)
        {
            var weight = weights;
            var input = inputs;
            for (var i = 0; i < length; i++)
            {
                var x0 = Vector.Load(input);
                var x1 = Vector.Load(input + w);
                var x2 = Vector.Load(input + (2 * w));
                var x3 = Vector.Load(input + (3 * w));
                var s = Vector.Create(weight[0]);
                a0 = Lane.MultiplyAdd(x0, s, a0);
                a1 = Lane.MultiplyAdd(x1, s, a1);
                a2 = Lane.MultiplyAdd(x2, s, a2);
                a3 = Lane.MultiplyAdd(x3, s, a3);
                s = Vector.Create(weight[1]);
                b0 = Lane.MultiplyAdd(x0, s, b0);
                b1 = Lane.MultiplyAdd(x1, s, b1);
                b2 = Lane.MultiplyAdd(x2, s, b2);
                b3 = Lane.MultiplyAdd(x3, s, b3);
                weight += 2;
                input += 4 * w;
            }

            weights += weightStride;
            inputs += inputStride;
        }

        a0.Store(first);
        a1.Store(first + w);
        a2.Store(first + (2 * w));
        a3.Store(first + (3 * w));
        b0.Store(second);
        b1.Store(second + w);
        b2.Store(second + (2 * w));
        b3.Store(second + (3 * w));
    }

    /// <summary>
    /// Adds the products of two rows of gradients with <see cref="Columns"/> rows of inputs, over a line of pixels and all lanes, to vectors of partial sums.
    /// </summary>
    /// <param name="first">The first gradient's row at the first pixel.</param>
    /// <param name="second">The second one's.</param>
    /// <param name="gradientStride">From pixel to pixel.</param>
    /// <param name="inputs">The input rows at the first pixel.</param>
    /// <param name="inputStride">From pixel to pixel.</param>
    /// <param name="pixels">The line's length.</param>
    /// <param name="firstSums">A vector per input row.</param>
    /// <param name="secondSums">A vector per input row.</param>
    public static void Correlate(
        T* first, T* second, int gradientStride, T* inputs, int inputStride, int pixels, T* firstSums, T* secondSums)
    {
        var w = Vector<T>.Count;
        var (a0, a1, a2, a3, a4) = (Vector<T>.Zero, Vector<T>.Zero, Vector<T>.Zero, Vector<T>.Zero, Vector<T>.Zero);
        var (b0, b1, b2, b3, b4) = (a0, a0, a0, a0, a0);
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            for (var lane = 0; lane < 4 * w; lane += w)
            {
                var input = inputs + lane;
                var (u, v) = (Vector.Load(first + lane), Vector.Load(second + lane));
                var x = Vector.Load(input);
                a0 = Lane.MultiplyAdd(x, u, a0);
                b0 = Lane.MultiplyAdd(x, v, b0);
                x = Vector.Load(input + (4 * w));
                a1 = Lane.MultiplyAdd(x, u, a1);
                b1 = Lane.MultiplyAdd(x, v, b1);
                x = Vector.Load(input + (8 * w));
                a2 = Lane.MultiplyAdd(x, u, a2);
                b2 = Lane.MultiplyAdd(x, v, b2);
                x = Vector.Load(input + (12 * w));
                a3 = Lane.MultiplyAdd(x, u, a3);
                b3 = Lane.MultiplyAdd(x, v, b3);
                x = Vector.Load(input + (16 * w));
                a4 = Lane.MultiplyAdd(x, u, a4);
                b4 = Lane.MultiplyAdd(x, v, b4);
            }

            first += gradientStride;
            second += gradientStride;
            inputs += inputStride;
        }

        Add(firstSums, a0, a1, a2, a3, a4);
        Add(secondSums, b0, b1, b2, b3, b4);
    }

    /// <summary>The same for a single row of inputs.</summary>
    public static void CorrelateOne(T* first, T* second, int gradientStride, T* inputs, int inputStride, int pixels, T* firstSums, T* secondSums)
    {
        var w = Vector<T>.Count;
        var (a, b) = (Vector<T>.Zero, Vector<T>.Zero);
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            for (var lane = 0; lane < 4 * w; lane += w)
            {
                var x = Vector.Load(inputs + lane);
                a = Lane.MultiplyAdd(x, Vector.Load(first + lane), a);
                b = Lane.MultiplyAdd(x, Vector.Load(second + lane), b);
            }

            first += gradientStride;
            second += gradientStride;
            inputs += inputStride;
        }

        (Vector.Load(firstSums) + a).Store(firstSums);
        (Vector.Load(secondSums) + b).Store(secondSums);
    }

    private static void Add(T* sums, Vector<T> s0, Vector<T> s1, Vector<T> s2, Vector<T> s3, Vector<T> s4)
    {
        var w = Vector<T>.Count;
        (Vector.Load(sums) + s0).Store(sums);
        (Vector.Load(sums + w) + s1).Store(sums + w);
        (Vector.Load(sums + (2 * w)) + s2).Store(sums + (2 * w));
        (Vector.Load(sums + (3 * w)) + s3).Store(sums + (3 * w));
        (Vector.Load(sums + (4 * w)) + s4).Store(sums + (4 * w));
    }
}
