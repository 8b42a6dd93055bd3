using LossActors.Actors.Protocol;

namespace LossActors.Actors.Evaluators;

/// <summary>What a slot has to do after a change of its book.</summary>
internal abstract record SlotEffect
{
    /// <summary>Tell the broker.</summary>
    public sealed record Send(IWireMessage Message) : SlotEffect;

    /// <summary>Have the thread open a bench, unless the open one is for the same protocol.</summary>
    public sealed record Open(SlotMessages.Enlist Orders) : SlotEffect;

    /// <summary>Have the thread do a job.</summary>
    public sealed record Run(SlotMessages.Lease Lease) : SlotEffect;

    /// <summary>Ask the thread to stop what it does.</summary>
    public sealed record Cancel : SlotEffect;
}
