using System.Numerics;

namespace LossActors.Learning.Training.Layers;

/// <summary>A network's weights, their gradient, and a direction in weight space, each in one piece.</summary>
internal sealed class Parameters<T>(int count) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private HostTensor<T>? _direction;
    private HostTensor<T>? _gradientTangent;

    /// <summary>The weights.</summary>
    public HostTensor<T> Weights { get; } = new(count);

    /// <summary>Their gradient.</summary>
    public HostTensor<T> Gradient { get; } = new(count);

    /// <summary>What tangents go along; allocated when it is first asked for.</summary>
    public HostTensor<T> Direction => _direction ??= new HostTensor<T>(count);

    /// <summary>The gradient's derivative along it: the Hessian's product with the direction.</summary>
    public HostTensor<T> GradientTangent => _gradientTangent ??= new HostTensor<T>(count);

    /// <inheritdoc/>
    public void Dispose()
    {
        Weights.Dispose();
        Gradient.Dispose();
        _direction?.Dispose();
        _gradientTangent?.Dispose();
    }
}
