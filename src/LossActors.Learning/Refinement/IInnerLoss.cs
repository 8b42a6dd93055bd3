using System.Numerics;

namespace LossActors.Learning.Refinement;

/// <summary>A learned loss of single outputs on host memory, with the derivatives that meta-gradients are made of. Numbers of a batch are in one row, as the predictions are.</summary>
internal interface IInnerLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Sets the parameters for what follows.</summary>
    void Begin(ReadOnlySpan<double> parameters);

    /// <summary>dℓ/df of each entry.</summary>
    void Differentiate(ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, Span<T> slopes);

    /// <summary>Adds to a meta-gradient Σ u · ∂²ℓ/∂f∂φ.</summary>
    /// <param name="targets">y.</param>
    /// <param name="predictions">f.</param>
    /// <param name="tangents">u.</param>
    /// <param name="factor">Multiplies what is added.</param>
    /// <param name="gradient">The meta-gradient, one entry per parameter.</param>
    /// <param name="slopes">Receives dℓ/df.</param>
    /// <param name="slopeTangents">Receives u · d²ℓ/df².</param>
    void AddMixed(
        ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, ReadOnlySpan<T> tangents, double factor, Span<double> gradient, Span<T> slopes, Span<T> slopeTangents);
}
