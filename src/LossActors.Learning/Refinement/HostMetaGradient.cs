using System.Numerics;
using LossActors.Learning.Networks;
using LossActors.Learning.Training;
using static TorchSharp.torch;

namespace LossActors.Learning.Refinement;

/// <summary>Meta-gradients without an autograd graph, on the CPU.</summary>
/// <param name="unrolling">Whose.</param>
/// <param name="networks">The networks of the inner steps; this object disposes them.</param>
internal abstract class HostMetaGradient<T>(Unrolling unrolling, ITwiceDifferentiable<T> networks) : IMetaGradientSource
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MetaObjective<T> _objective = new(unrolling.Link, unrolling.Network.Outputs, unrolling.Objective);

    /// <summary>The weights that training begins with, [member, shape] per parameter, or one network's for all members.</summary>
    internal Span<T> Start => networks.Weights;

    /// <summary>What is differentiated.</summary>
    protected Unrolling Unrolling { get; } = unrolling;

    /// <summary>The members' losses on the inner batch.</summary>
    protected InnerLosses<T> Losses { get; } = new(unrolling.Link, unrolling.Network.Outputs, unrolling.Losses, unrolling.InnerBatch);

    /// <inheritdoc/>
    public IReadOnlyList<MetaGradient> Compute(
        float[][] initial,
        IReadOnlyList<(Tensor Inputs, Tensor Targets)> inner,
        (Tensor Inputs, Tensor Targets) outer,
        DropoutMasks masks,
        IReadOnlyList<double[]> coefficients)
    {
        networks.Load(initial);
        return Compute(inner, outer, coefficients);
    }

    /// <summary>The same from the weights that <see cref="Start"/> holds.</summary>
    internal IReadOnlyList<MetaGradient> Compute(
        IReadOnlyList<(Tensor Inputs, Tensor Targets)> inner, (Tensor Inputs, Tensor Targets) outer, IReadOnlyList<double[]> coefficients)
    {
        Losses.Begin(coefficients);
        var objectives = new double[Losses.Count];
        Run(inner, outer, objectives);
        return [.. objectives.Select((objective, member) => new MetaGradient(objective, Losses.GradientOf(member)))];
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Trains, measures and goes back: leaves the meta-gradients in <see cref="Losses"/>.</summary>
    /// <param name="inner">A batch per inner step.</param>
    /// <param name="outer">The validation batch.</param>
    /// <param name="objectives">Receives each member's objective.</param>
    protected abstract void Run(
        IReadOnlyList<(Tensor Inputs, Tensor Targets)> inner, (Tensor Inputs, Tensor Targets) outer, Span<double> objectives);

    /// <summary>Each member's objective and its gradient in the logits.</summary>
    /// <param name="logits">[member, batch, outputs].</param>
    /// <param name="targets">[batch, outputs].</param>
    /// <param name="objectives">Receives the objectives.</param>
    /// <param name="gradient">Receives the gradients, [member, batch, outputs].</param>
    protected void Measure(ReadOnlySpan<T> logits, ReadOnlySpan<T> targets, Span<double> objectives, Span<T> gradient)
    {
        var size = targets.Length;
        for (var member = 0; member < objectives.Length; member++)
        {
            objectives[member] = double.CreateChecked(
                _objective.Differentiate(logits.Slice(member * size, size), targets, gradient.Slice(member * size, size)));
        }
    }
}
