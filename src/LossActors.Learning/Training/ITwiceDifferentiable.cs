namespace LossActors.Learning.Training;

/// <summary>What a meta-gradient needs of a network beyond backpropagation: derivatives along a direction in weight space, at the batch last seen by a forward pass.</summary>
internal interface ITwiceDifferentiable<T> : IBackpropagation<T>
    where T : unmanaged
{
    /// <summary>Gives every member the same weights.</summary>
    /// <param name="initial">One array per parameter tensor.</param>
    void Load(float[][] initial);

    /// <summary>The logits' derivative along a direction (JVP), [member, batch, outputs]; valid until the next call.</summary>
    /// <param name="direction">In the order of <see cref="IBackpropagation{T}.Weights"/>.</param>
    ReadOnlySpan<T> Along(ReadOnlySpan<T> direction);

    /// <summary>The derivative of the loss's gradient along the direction of the last <see cref="Along"/>: the Hessian's product with it.</summary>
    /// <param name="logitsGradient">dL/dlogits, [member, batch, outputs].</param>
    /// <param name="logitsGradientTangent">Its derivative along the direction, [member, batch, outputs].</param>
    /// <param name="product">Receives one entry per weight, in the order of <see cref="IBackpropagation{T}.Weights"/>.</param>
    /// <exception cref="NotSupportedException">Its layers have no rule for that.</exception>
    void Curve(ReadOnlySpan<T> logitsGradient, ReadOnlySpan<T> logitsGradientTangent, Span<T> product);
}
