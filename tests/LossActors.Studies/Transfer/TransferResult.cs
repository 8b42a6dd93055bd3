using LossActors.Studies.Table;

namespace LossActors.Studies.Transfer;

/// <summary>A loss that was found on one task, meta-tested on another.</summary>
/// <param name="From">Name of the task that it was found on.</param>
/// <param name="To">Name of the task that it trains.</param>
/// <param name="Method">What found it.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Test">On the other task's test part, beside its task loss.</param>
internal sealed record TransferResult(string From, string To, string Method, string Loss, TestResult Test);
