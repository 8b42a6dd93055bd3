using System.Numerics;

namespace LossActors.Learning.Training;

/// <summary>Adam (Kingma and Ba, 2015) with PyTorch's defaults: β = (0.9, 0.999), ε = 1e-8, no weight decay.</summary>
internal sealed class Adam(int parameters, double learningRate)
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;
    private readonly double[] _first = new double[parameters];
    private readonly double[] _second = new double[parameters];
    private double _power1 = 1;
    private double _power2 = 1;

    /// <summary>One step, in place.</summary>
    public void Step(Span<double> values, ReadOnlySpan<double> gradient)
    {
        _power1 *= Beta1;
        _power2 *= Beta2;
        var size = learningRate / (1 - _power1);
        var root = 1 / Math.Sqrt(1 - _power2);
        var width = Vector<double>.Count;
        var i = 0;
        for (; i <= values.Length - width; i += width)
        {
            var g = new Vector<double>(gradient[i..]);
            var m = (new Vector<double>(_first, i) * Beta1) + (g * (1 - Beta1));
            var v = (new Vector<double>(_second, i) * Beta2) + (g * g * (1 - Beta2));
            m.CopyTo(_first, i);
            v.CopyTo(_second, i);
            var step = m * size / ((Vector.SquareRoot(v) * root) + new Vector<double>(Epsilon));
            (new Vector<double>(values[i..]) - step).CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
        {
            var g = gradient[i];
            _first[i] = (_first[i] * Beta1) + (g * (1 - Beta1));
            _second[i] = (_second[i] * Beta2) + (g * g * (1 - Beta2));
            values[i] -= _first[i] * size / ((Math.Sqrt(_second[i]) * root) + Epsilon);
        }
    }
}
