using LossActors.Actors.Protocol;

namespace LossActors.Actors.Broker;

/// <summary>What the broker has to do after a change of the book. Carrying one out twice, late or never is harmless.</summary>
internal abstract record LeaseEffect
{
    /// <summary>Send the epoch and its protocol to a slot.</summary>
    public sealed record Enlist(SlotInfo Slot) : LeaseEffect;

    /// <summary>Send a lease to a slot.</summary>
    public sealed record Grant(SlotInfo Slot, SlotMessages.Lease Lease) : LeaseEffect;

    /// <summary>Tell a slot to drop a lease.</summary>
    public sealed record Abort(SlotInfo Slot, LeaseId Lease) : LeaseEffect;

    /// <summary>Tell a slot that its result has arrived.</summary>
    public sealed record Accept(SlotInfo Slot, LeaseId Lease) : LeaseEffect;

    /// <summary>End a slot's process.</summary>
    public sealed record Quit(SlotInfo Slot, string Reason) : LeaseEffect;

    /// <summary>Send a result to whoever offered the job last.</summary>
    public sealed record Deliver(string Owner, BrokerMessages.Done Done) : LeaseEffect;

    /// <summary>Make known that a slot cannot open its bench.</summary>
    public sealed record Refused(SlotInfo Slot, string Reason) : LeaseEffect;
}
