using LossActors.Evolution.Evaluation;

namespace LossActors.Evolution.Tests.Simulation;

/// <summary>Stands in for evaluators: findings as a pure function of the assignment.</summary>
internal interface IOracle
{
    Finding Answer(Assignment assignment);
}
