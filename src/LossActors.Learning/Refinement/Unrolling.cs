using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Refinement;

/// <summary>What a meta-gradient differentiates: trainings of one network under some losses, and what is measured after them.</summary>
/// <param name="Network">The base network.</param>
/// <param name="Link">How logits become predictions.</param>
/// <param name="Losses">Learned ones, one per member of the cohort; their parameters are given with each meta step.</param>
/// <param name="Training">SGD of the inner steps.</param>
/// <param name="InnerBatch">Instances per inner step.</param>
/// <param name="OuterBatch">Instances of the validation batch.</param>
/// <param name="Objective">What is measured.</param>
internal sealed record Unrolling(
    INetwork Network,
    Link Link,
    IReadOnlyList<LossFunction> Losses,
    TrainingSettings Training,
    int InnerBatch,
    int OuterBatch,
    RefinementObjective Objective);
