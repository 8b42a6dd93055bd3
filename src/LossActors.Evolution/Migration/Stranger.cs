using LossActors.Evolution.Evaluation;

namespace LossActors.Evolution.Migration;

/// <summary>An island whose candidates are measured on other tasks, so that their fitness says nothing here: what comes from there has to be measured anew.</summary>
/// <param name="Island">Its number.</param>
/// <param name="Tasks">What its candidates are measured on.</param>
public readonly record struct Stranger(int Island, TaskSet Tasks);
