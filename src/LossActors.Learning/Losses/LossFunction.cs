using LossActors.Expressions;

namespace LossActors.Learning.Losses;

/// <summary>What networks are trained under: the task's own loss or a learned one. A closed set of cases, plain data.</summary>
public abstract record LossFunction
{
    private LossFunction()
    {
    }

    /// <summary>The task's own loss.</summary>
    public static LossFunction Task { get; } = new TaskLoss();

    /// <summary>An expression's loss.</summary>
    public static LossFunction Of(Expression expression) => new Symbolic(expression);

    /// <summary>The task's own loss: cross-entropy (of the softmax or of the logistic function), or the mean squared error.</summary>
    public sealed record TaskLoss : LossFunction;

    /// <summary>An expression of target and prediction, applied to each output.</summary>
    /// <param name="Expression">With its coefficients.</param>
    public sealed record Symbolic(Expression Expression) : LossFunction;
}
