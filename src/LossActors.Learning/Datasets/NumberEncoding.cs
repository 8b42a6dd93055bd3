using System.Collections.Immutable;

namespace LossActors.Learning.Datasets;

/// <summary>Arrays of numbers as inputs: each feature, or each channel of images as a whole, is standardised by the training part's statistics.</summary>
internal static class NumberEncoding
{
    public static (ImmutableArray<int> Shape, Encode Encode) Fit(RawNumbers numbers, int[] training)
    {
        var groups = numbers.Shape[0];
        var plane = numbers.Shape.Skip(1).Aggregate(1, (product, extent) => product * extent);
        var size = groups * plane;
        var fits = new Standardisation[groups];
        for (var group = 0; group < groups; group++)
        {
            var first = group * plane;
            fits[group] = Standardisation.Fit(plane == 1
                ? training.Select(row => numbers.Values[(row * size) + first])
                : training.SelectMany(row => new ArraySegment<double>(numbers.Values, (row * size) + first, plane)));
            if (!fits[group].IsFinite)
            {
                throw new DataException($"{numbers.Source}: the values of {(plane == 1 ? "feature" : "channel")} {group} are too large to be standardised; rescale them");
            }
        }

        return (numbers.Shape, rows =>
        {
            var inputs = new float[rows.Length * size];
            for (var i = 0; i < rows.Length; i++)
            {
                var source = numbers.Values.AsSpan(rows[i] * size, size);
                var target = inputs.AsSpan(i * size, size);
                for (var p = 0; p < size; p++)
                {
                    target[p] = fits[p / plane].Apply(source[p]);
                }
            }

            return inputs;
        });
    }
}
