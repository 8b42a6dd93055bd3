using System.Collections.Immutable;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;

namespace LossActors.Actors.Fame;

/// <summary>What is said to the hall of fame.</summary>
internal static class FameMessages
{
    /// <summary>Individuals with a fitness of their own. Saying it twice changes nothing.</summary>
    public sealed record Contribute(ImmutableArray<Individual> Individuals) : IWireMessage
    {
        /// <summary>What they were measured on.</summary>
        public TaskSet Tasks { get; init; }
    }

    /// <summary>Asks for the best so many, the Pareto front first.</summary>
    public sealed record GetFinalists(int Count);
}
