using Akka.Cluster;

namespace LossActors.Actors.Hosting.Downing;

/// <summary>A member of the cluster, as far as it matters for who stays.</summary>
/// <param name="Address">Which.</param>
/// <param name="IsSearch">Whether it is a search node; evaluators are expendable.</param>
/// <param name="Status">How far it is on its way in or out.</param>
internal sealed record Peer(UniqueAddress Address, bool IsSearch, MemberStatus Status)
{
    /// <summary>Whether it counts when members are counted. Those that join do not yet: the two sides of a split might count them differently.</summary>
    public bool Counts => Status is MemberStatus.Up or MemberStatus.Leaving;

    /// <summary>Whether it counts when search nodes are counted.</summary>
    public bool IsVoter => IsSearch && Counts;

    /// <summary>Whether it is on its way out already, so that nobody need decide about it.</summary>
    public bool IsGoing => Status is MemberStatus.Down or MemberStatus.Exiting or MemberStatus.Removed;
}

/// <summary>One member hears nothing of another.</summary>
/// <param name="Observer">Who listens.</param>
/// <param name="Subject">Who is not heard.</param>
internal readonly record struct Silence(UniqueAddress Observer, UniqueAddress Subject);
