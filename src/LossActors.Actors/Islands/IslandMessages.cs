using System.Collections.Immutable;
using LossActors.Evolution.Candidates;

namespace LossActors.Actors.Islands;

/// <summary>What is said to and between islands. All of it stays within the search node.</summary>
internal static class IslandMessages
{
    /// <summary>To whoever holds the islands: pass on to one of them.</summary>
    public sealed record ToIsland(int Island, object Message);

    /// <summary>To whoever holds the islands: pass on to all of them.</summary>
    public sealed record ToAll(object Message);

    /// <summary>More births to spend.</summary>
    public sealed record Granted(int Number, int Births);

    /// <summary>The run ends early: births not yet proposed are taken back.</summary>
    public sealed record Withdraw;

    /// <summary>A neighbour pulls emigrants; answered by <see cref="Migrants"/>, in strict mode once this island has reached the epoch. Repeated until answered.</summary>
    public sealed record PullMigrants(int Epoch, int Requester);

    /// <summary>Emigrants for whoever pulled them.</summary>
    public sealed record Migrants(int Epoch, int From, ImmutableArray<Individual> Individuals);

    /// <summary>Tell the hall of fame again about everybody (it has forgotten).</summary>
    public sealed record Republish;
}
