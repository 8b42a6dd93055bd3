using LossActors.Expressions;

namespace LossActors.Learning.Training;

/// <summary>One network to train.</summary>
/// <param name="Loss">The loss; null: the task's own.</param>
/// <param name="LearningRate">The base learning rate.</param>
public sealed record Trial(Expression? Loss, double LearningRate);
