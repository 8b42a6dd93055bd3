namespace LossActors.Actors.Hosting;

/// <summary>What an evaluator node tells the program around it.</summary>
/// <param name="Joined">A search node was found; its address.</param>
/// <param name="Dismissed">It was asked to leave, has finished its work and is to go.</param>
/// <param name="Lost">The search node is gone: this actor system is of no more use.</param>
internal sealed record EvaluatorNodeEvents(Action<string> Joined, Action Dismissed, Action Lost);
