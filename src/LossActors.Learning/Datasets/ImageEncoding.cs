using System.Collections.Immutable;

namespace LossActors.Learning.Datasets;

/// <summary>
/// Images as 1 × height × width inputs, standardised by one mean and deviation over all pixels of the training part: per-pixel scaling would blow up border
/// pixels that are almost always empty.
/// </summary>
internal static class ImageEncoding
{
    public static (ImmutableArray<int> Shape, Encode Encode) Fit(RawImages images, int[] training)
    {
        var size = images.Height * images.Width;
        if ((long)size * images.Targets.Length > Array.MaxLength)
        {
            throw new DataException($"{images.Source}: {images.Targets.Length} images of {images.Height} × {images.Width} do not fit in memory; set limit");
        }

        // Exact integer histogram: the same statistics in whatever order.
        var histogram = new long[256];
        foreach (var row in training)
        {
            foreach (var pixel in images.Pixels.AsSpan(row * size, size))
            {
                histogram[pixel]++;
            }
        }

        var count = (double)training.Length * size;
        var mean = histogram.Select((n, value) => (double)n * value).Sum() / count;
        var deviation = Math.Sqrt(histogram.Select((n, value) => n * (value - mean) * (value - mean)).Sum() / count);
        var levels = Enumerable.Range(0, 256).Select(value => new Standardisation(mean, histogram.Count(n => n > 0) == 1 ? 0 : deviation).Apply(value)).ToArray();
        return ([1, images.Height, images.Width], rows =>
        {
            var inputs = new float[rows.Length * size];
            for (var i = 0; i < rows.Length; i++)
            {
                var source = images.Pixels.AsSpan(rows[i] * size, size);
                var target = inputs.AsSpan(i * size, size);
                for (var p = 0; p < size; p++)
                {
                    target[p] = levels[source[p]];
                }
            }

            return inputs;
        });
    }
}
