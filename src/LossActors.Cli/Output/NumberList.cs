using System.Globalization;
using LossActors.Actors.Experiments;

namespace LossActors.Cli.Output;

/// <summary>Lists of numbers as users give them: <c>0,0.5,-1e-3</c>.</summary>
internal static class NumberList
{
    /// <summary>Reads a list of finite numbers separated by commas.</summary>
    /// <exception cref="CliException">One of them is no number.</exception>
    public static double[] Parse(string option, string text)
    {
        var parts = text.Split(',');
        var numbers = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
            {
                throw new CliException($"{option}: {Shown.Text(parts[i])} is not a number; write numbers separated by commas, such as 0,0.5,1");
            }
        }

        return numbers;
    }
}
