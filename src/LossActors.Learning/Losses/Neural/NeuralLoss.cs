using System.Collections.Immutable;
using LossActors.Evolution.Randomness;

namespace LossActors.Learning.Losses.Neural;

/// <summary>
/// A loss that is a neural network of the pair (f, y): 2-50-50-1, softplus after every layer, so that no loss is negative (ML3: Bechtle et al., Meta Learning via Learned Loss,
/// ICPR 2021). Plain data, in single precision.
/// </summary>
public sealed record NeuralLoss
{
    /// <summary>What stands for any of them where an expression would be shown.</summary>
    public const string Name = "neural(y, f)";

    /// <summary>f and y.</summary>
    public const int Inputs = 2;

    /// <summary>Units of each of the two hidden layers.</summary>
    public const int Hidden = 50;

    /// <summary>Weights and biases of all three layers.</summary>
    public const int ParameterCount = (Inputs * Hidden) + Hidden + (Hidden * Hidden) + Hidden + Hidden + 1;

    /// <summary>A network with given parameters.</summary>
    /// <param name="parameters">Layer by layer: the weights, row-major [outputs, inputs], then the biases. Rounded to single precision.</param>
    /// <exception cref="ArgumentException">There are not <see cref="ParameterCount"/> of them.</exception>
    public NeuralLoss(ImmutableArray<double> parameters)
    {
        if (parameters.IsDefault || parameters.Length != ParameterCount)
        {
            throw new ArgumentException($"{(parameters.IsDefault ? 0 : parameters.Length)} parameters for a neural loss, which has {ParameterCount}.", nameof(parameters));
        }

        Parameters = [.. parameters.Select(parameter => (double)(float)parameter)];
    }

    /// <summary>Layer by layer: the weights, row-major [outputs, inputs], then the biases.</summary>
    public ImmutableArray<double> Parameters { get; }

    /// <summary>Units from the input to the output.</summary>
    public static ImmutableArray<int> Widths { get; } = [Inputs, Hidden, Hidden, 1];

    /// <summary>A random network: weights and biases uniform in ±1 / √inputs of their layer, as PyTorch begins.</summary>
    public static NeuralLoss Initialise(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var parameters = ImmutableArray.CreateBuilder<double>(ParameterCount);
        for (var layer = 1; layer < Widths.Length; layer++)
        {
            var bound = 1 / Math.Sqrt(Widths[layer - 1]);
            for (var i = 0; i < Widths[layer] * (Widths[layer - 1] + 1); i++)
            {
                parameters.Add(bound * ((2 * random.NextDouble()) - 1));
            }
        }

        return new NeuralLoss(parameters.MoveToImmutable());
    }

    /// <summary>The loss of one pair, and its derivative in f: for plots and checks; batches have <see cref="NeuralLayers"/>.</summary>
    public (double Value, double Slope) At(double y, double f)
    {
        // Each unit with its derivative in f.
        (double Value, double Slope)[] units = [(f, 1), (y, 0)];
        var at = 0;
        for (var layer = 1; layer < Widths.Length; layer++)
        {
            var (below, biases) = (units, at + (Widths[layer] * units.Length));
            units = new (double, double)[Widths[layer]];
            for (var unit = 0; unit < units.Length; unit++)
            {
                var (sum, slope) = (Parameters[biases + unit], 0.0);
                foreach (var (value, derivative) in below)
                {
                    sum += Parameters[at] * value;
                    slope += Parameters[at++] * derivative;
                }

                units[unit] = (Math.Max(sum, 0) + Math.Log(1 + Math.Exp(-Math.Abs(sum))), slope / (1 + Math.Exp(-sum)));
            }

            at = biases + units.Length;
        }

        return units[0];
    }

    /// <inheritdoc/>
    public bool Equals(NeuralLoss? other) => other is not null && Parameters.AsSpan().SequenceEqual(other.Parameters.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var parameter in Parameters)
        {
            hash.Add(parameter);
        }

        return hash.ToHashCode();
    }
}
