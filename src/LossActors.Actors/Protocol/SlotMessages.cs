using System.Collections.Immutable;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.Protocol;

/// <summary>Names one lease. Leases of another epoch are never honoured: job names repeat from run to run.</summary>
/// <param name="Epoch">Which life of which run's broker granted it.</param>
/// <param name="Number">Counts up within an epoch, from 1.</param>
public readonly record struct LeaseId(string Epoch, long Number)
{
    /// <summary>For logs.</summary>
    public override string ToString() => $"#{Number}@{Epoch}";
}

/// <summary>What a slot is: one thread of one evaluator process on one device.</summary>
/// <param name="Name">Unique in the cluster: node address and number (<c>127.0.0.1:41235/0</c>).</param>
/// <param name="Incarnation">Grows with each life of the slot; work of an earlier life is lost.</param>
/// <param name="Pid">Its process.</param>
/// <param name="Host">Its machine.</param>
/// <param name="Device"><c>cpu</c>, <c>cuda:0</c>.</param>
public sealed record SlotInfo(string Name, long Incarnation, int Pid, string Host, string Device)
{
    /// <summary>For the record: <c>pid 4711 slot 0 cpu</c>.</summary>
    public string Worker => $"pid {Pid} slot {Name[(Name.LastIndexOf('/') + 1)..]} {Device}";
}

/// <summary>
/// Between evaluator slots and the broker. Both sides repeat what they know until it is answered, and every message may be
/// lost, doubled or late without harm.
/// </summary>
public static class SlotMessages
{
    /// <summary>
    /// Slot to broker, at each change and every few seconds: registration, demand and renewal in one. Demand is state ("I am free"), not a count of requests.
    /// </summary>
    /// <param name="Slot">Who.</param>
    /// <param name="Sequence">Counts up per incarnation; older reports than one seen are ignored.</param>
    /// <param name="Epoch">Whose orders it follows; null: nobody's yet.</param>
    /// <param name="Ready">Its bench for that epoch is open.</param>
    /// <param name="Problem">Why its bench cannot be opened: one line.</param>
    /// <param name="Working">The lease it works on, or whose result has not been accepted; 0: free.</param>
    /// <param name="Seen">The highest lease number of that epoch it ever received: tells a lost grant from an abandoned one.</param>
    /// <param name="Appetite">How many jobs one lease should bring.</param>
    /// <param name="Leaving">It shuts down in good order: no more work, and what it worked on goes back unless it is named as <paramref name="Working"/>.</param>
    public sealed record Report(
        SlotInfo Slot, long Sequence, string? Epoch, bool Ready, string? Problem, long Working, long Seen, Appetite Appetite, bool Leaving = false) : IWireMessage;

    /// <summary>Slot to broker, until <see cref="ResultAccepted"/> comes: the work of a lease is done.</summary>
    /// <param name="Slot">Who.</param>
    /// <param name="Lease">Which.</param>
    /// <param name="Answers">One per job.</param>
    public sealed record Result(SlotInfo Slot, LeaseId Lease, ImmutableArray<Answer> Answers) : IWireMessage;

    /// <summary>Broker to slot: follow this epoch and open a bench for this protocol. Work of other epochs is void.</summary>
    /// <param name="Epoch">The broker's epoch.</param>
    /// <param name="Protocol">What evaluations depend on.</param>
    /// <param name="ProtocolHash">Names it; a slot whose open bench has the same hashes keeps it.</param>
    /// <param name="DataHash">What the protocol's data must hash to: files may differ from machine to machine, and change.</param>
    public sealed record Enlist(string Epoch, EvaluationProtocol Protocol, string ProtocolHash, string DataHash) : IWireMessage;

    /// <summary>Broker to slot: do these jobs, together if that is faster. Renewed by every <see cref="Report"/> that names it.</summary>
    /// <param name="Id">The lease.</param>
    /// <param name="Jobs">What to do: at least one; all alike in <see cref="Job.Likeness"/>.</param>
    /// <param name="Attempt">From 1; above 1 an earlier lease of one of them was lost.</param>
    public sealed record Lease(LeaseId Id, ImmutableArray<Job> Jobs, int Attempt) : IWireMessage;

    /// <summary>Broker to slot: drop this lease; nobody wants any of its results any more.</summary>
    public sealed record Abort(LeaseId Id) : IWireMessage;

    /// <summary>Broker to slot: the result of this lease need not be sent again.</summary>
    public sealed record ResultAccepted(LeaseId Id) : IWireMessage;

    /// <summary>Broker to slot: your process hangs in native code that cannot be cancelled; end it.</summary>
    public sealed record Quit(string Reason) : IWireMessage;
}
