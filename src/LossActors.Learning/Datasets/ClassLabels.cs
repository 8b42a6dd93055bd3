using System.Collections.Immutable;
using System.Globalization;

namespace LossActors.Learning.Datasets;

/// <summary>Class labels of the user's own: whole numbers from 0.</summary>
internal static class ClassLabels
{
    private const int MostClasses = 1000;

    /// <summary>The names of the classes that the training labels span: 0, 1, … up to the largest.</summary>
    /// <param name="source">The file, for messages.</param>
    /// <param name="training">Labels of the instances that are trained on.</param>
    /// <param name="test">Labels of the dataset's own test part; empty if it has none.</param>
    /// <exception cref="DataException">A label is none, or the test part has a class that the training part has not.</exception>
    public static ImmutableArray<string> Names(string source, ReadOnlySpan<double> training, ReadOnlySpan<double> test)
    {
        var (least, most) = (Most(source, training), test.IsEmpty ? 0 : Most(source, test));
        return most > least
            ? throw new DataException($"{source}: a test label is {most}, but training labels end at {least}; the parts do not belong together")
            : [.. Enumerable.Range(0, least + 1).Select(i => i.ToString(CultureInfo.InvariantCulture))];
    }

    private static int Most(string source, ReadOnlySpan<double> labels)
    {
        var most = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            if (!(labels[i] is >= 0 and < MostClasses) || labels[i] != Math.Floor(labels[i]))
            {
                throw new DataException(string.Create(CultureInfo.InvariantCulture,
                    $"{source}: the label of instance {i} is {labels[i]}; classes are whole numbers from 0 to {MostClasses - 1} (for numbers set kind = regression)"));
            }

            most = Math.Max(most, (int)labels[i]);
        }

        return most;
    }
}
