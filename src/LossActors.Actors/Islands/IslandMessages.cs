using System.Collections.Immutable;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;
using LossActors.Expressions;

namespace LossActors.Actors.Islands;

/// <summary>What is said to and between islands, which may live on other search nodes than who says it.</summary>
internal static class IslandMessages
{
    /// <summary>To the root of the search: pass on to one island.</summary>
    public sealed record ToIsland(int Island, object Message);

    /// <summary>To the root of the search: pass on to all islands.</summary>
    public sealed record ToAll(object Message);

    /// <summary>More births to spend.</summary>
    public sealed record Granted(int Number, int Births) : IWireMessage;

    /// <summary>The run ends early: births not yet proposed are taken back.</summary>
    public sealed record Withdraw : IWireMessage;

    /// <summary>
    /// By way of the root of the search to the island <paramref name="From"/>: a neighbour pulls emigrants; answered by <see cref="Migrants"/>, in strict mode once the island has reached
    /// the epoch. Repeated until answered.
    /// </summary>
    public sealed record PullMigrants(int From, int Epoch, int Requester) : IWireMessage;

    /// <summary>Emigrants for whoever pulled them.</summary>
    public sealed record Migrants(int Epoch, int From, ImmutableArray<Individual> Individuals) : IWireMessage;

    /// <summary>Other settings to go by. Repeated until the island says that it knows them.</summary>
    public sealed record Amend(int Revision, IslandSettings Settings) : IWireMessage;

    /// <summary>A user's loss. Repeated until the island says that it knows it.</summary>
    public sealed record Inject(int Number, Expression Expression) : IWireMessage;

    /// <summary>By way of the root of the search to the island <paramref name="From"/>: its clone asks for its members. Repeated until answered.</summary>
    public sealed record PullMembers(int From, int Requester) : IWireMessage;

    /// <summary>The members of an island, for its clone.</summary>
    public sealed record Members(int From, ImmutableArray<Individual> Individuals) : IWireMessage;

    /// <summary>
    /// Run, broker or hall of fame has begun anew, perhaps on another node, and has forgotten what it was told: an island says once more how many grants it knows, what it has outstanding and
    /// whom it holds. Also wakes an island that is not there yet.
    /// </summary>
    public sealed record SayAgain : IWireMessage;
}
