namespace LossActors.Actors.Protocol;

/// <summary>Between nodes of a cluster.</summary>
public static class NodeMessages
{
    /// <summary>From the owner of the run to any node: finish what you do, hand over the rest, and go. Repeated until the node is gone.</summary>
    public sealed record Leave : IWireMessage;
}
