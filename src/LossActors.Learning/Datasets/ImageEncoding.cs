using System.Collections.Immutable;

namespace LossActors.Learning.Datasets;

/// <summary>
/// Images as channels × height × width inputs, each channel standardised by one mean and deviation over all its pixels of the training part: per-pixel scaling would
/// blow up border pixels that are almost always empty.
/// </summary>
internal static class ImageEncoding
{
    public static (ImmutableArray<int> Shape, Encode Encode) Fit(RawImages images, int[] training)
    {
        var plane = images.Height * images.Width;
        var size = images.Channels * plane;
        if ((long)size * images.Targets.Length > Array.MaxLength)
        {
            throw new DataException($"{images.Source}: {images.Targets.Length} images of {images.Height} × {images.Width} do not fit in memory; set limit");
        }

        var levels = Enumerable.Range(0, images.Channels).Select(channel => Levels(images, training, channel, plane)).ToArray();
        return ([images.Channels, images.Height, images.Width], rows =>
        {
            var inputs = new float[rows.Length * size];
            for (var i = 0; i < rows.Length; i++)
            {
                var source = images.Pixels.AsSpan(rows[i] * size, size);
                var target = inputs.AsSpan(i * size, size);
                for (var p = 0; p < size; p++)
                {
                    target[p] = levels[p / plane][source[p]];
                }
            }

            return inputs;
        });
    }

    // What each of the 256 values becomes. An exact integer histogram: the same statistics in whatever order.
    private static float[] Levels(RawImages images, int[] training, int channel, int plane)
    {
        var histogram = new long[256];
        foreach (var row in training)
        {
            foreach (var pixel in images.Pixels.AsSpan(((row * images.Channels) + channel) * plane, plane))
            {
                histogram[pixel]++;
            }
        }

        var count = (double)training.Length * plane;
        var mean = histogram.Select((n, value) => (double)n * value).Sum() / count;
        var deviation = Math.Sqrt(histogram.Select((n, value) => n * (value - mean) * (value - mean)).Sum() / count);
        var standardisation = new Standardisation(mean, histogram.Count(n => n > 0) == 1 ? 0 : deviation);
        return [.. Enumerable.Range(0, 256).Select(value => standardisation.Apply(value))];
    }
}
