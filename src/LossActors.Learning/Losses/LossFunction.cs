using System.Collections.Immutable;
using LossActors.Expressions;
using LossActors.Learning.Losses.Neural;

namespace LossActors.Learning.Losses;

/// <summary>What networks are trained under: the task's own loss or a learned one. A closed set of cases, plain data.</summary>
public abstract record LossFunction
{
    private LossFunction()
    {
    }

    /// <summary>The task's own loss.</summary>
    public static LossFunction Task { get; } = new TaskLoss();

    /// <summary>What meta-gradients can tune, in a fixed order: of an expression the coefficients, root first, of which the root's changes nothing.</summary>
    public abstract ImmutableArray<double> Parameters { get; }

    /// <summary>An expression's loss.</summary>
    public static LossFunction Of(Expression expression) => new Symbolic(expression);

    /// <summary>A neural network's loss.</summary>
    public static LossFunction Of(NeuralLoss network) => new Neural(network);

    /// <summary>The same loss with other parameters, as many as it has.</summary>
    public abstract LossFunction With(ReadOnlySpan<double> parameters);

    /// <summary>The task's own loss: cross-entropy (of the softmax or of the logistic function), or the mean squared error.</summary>
    public sealed record TaskLoss : LossFunction
    {
        /// <summary>None.</summary>
        public override ImmutableArray<double> Parameters => [];

        /// <inheritdoc/>
        public override LossFunction With(ReadOnlySpan<double> parameters) => this;
    }

    /// <summary>An expression of target and prediction, applied to each output.</summary>
    /// <param name="Expression">With its coefficients.</param>
    public sealed record Symbolic(Expression Expression) : LossFunction
    {
        /// <inheritdoc/>
        public override ImmutableArray<double> Parameters => Expression.Weights;

        /// <inheritdoc/>
        public override LossFunction With(ReadOnlySpan<double> parameters) => new Symbolic(Expression.WithWeights(parameters));
    }

    /// <summary>A small neural network of prediction and target, applied to each output.</summary>
    /// <param name="Network">With its weights.</param>
    public sealed record Neural(NeuralLoss Network) : LossFunction
    {
        /// <inheritdoc/>
        public override ImmutableArray<double> Parameters => Network.Parameters;

        /// <inheritdoc/>
        public override LossFunction With(ReadOnlySpan<double> parameters) => new Neural(new NeuralLoss([.. parameters]));
    }
}
