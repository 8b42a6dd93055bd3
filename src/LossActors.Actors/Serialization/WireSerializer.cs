using Akka.Actor;
using LossActors.Actors.Fame;
using LossActors.Actors.Islands;
using LossActors.Actors.Protocol;
using LossActors.Actors.Record;
using LossActors.Actors.Runs;

namespace LossActors.Actors.Serialization;

/// <summary>Carries every <see cref="IWireMessage"/> between nodes. Identifier 7101.</summary>
public sealed class WireSerializer : ManifestSerializer
{
    /// <summary>Called by Akka.</summary>
    public WireSerializer(ExtendedActorSystem system)
        : base(system, 7101, Table)
    {
    }

    /// <summary>The wire contract. Only append.</summary>
    internal static ManifestTable Table { get; } = new(
        ("offer.1", typeof(BrokerMessages.Offer)),
        ("done.1", typeof(BrokerMessages.Done)),
        ("acknowledge.1", typeof(BrokerMessages.Acknowledge)),
        ("pause.1", typeof(BrokerMessages.Pause)),
        ("resume.1", typeof(BrokerMessages.Resume)),
        ("get-workforce.1", typeof(BrokerMessages.GetWorkforce)),
        ("workforce.1", typeof(BrokerMessages.Workforce)),
        ("report.2", typeof(SlotMessages.Report)),
        ("result.2", typeof(SlotMessages.Result)),
        ("enlist.1", typeof(SlotMessages.Enlist)),
        ("lease.2", typeof(SlotMessages.Lease)),
        ("abort.1", typeof(SlotMessages.Abort)),
        ("result-accepted.1", typeof(SlotMessages.ResultAccepted)),
        ("quit.1", typeof(SlotMessages.Quit)),
        ("granted.1", typeof(IslandMessages.Granted)),
        ("withdraw.1", typeof(IslandMessages.Withdraw)),
        ("pull-migrants.1", typeof(IslandMessages.PullMigrants)),
        ("migrants.1", typeof(IslandMessages.Migrants)),
        ("say-again.1", typeof(IslandMessages.SayAgain)),
        ("contribute.1", typeof(FameMessages.Contribute)),
        ("island-ready.2", typeof(RunMessages.IslandReady)),
        ("grant-wanted.1", typeof(RunMessages.GrantWanted)),
        ("island-finished.1", typeof(RunMessages.IslandFinished)),
        ("advanced.1", typeof(RecordMessages.Advanced)),
        ("amend.1", typeof(IslandMessages.Amend)),
        ("inject.1", typeof(IslandMessages.Inject)),
        ("pull-members.1", typeof(IslandMessages.PullMembers)),
        ("members.1", typeof(IslandMessages.Members)),
        ("leave.1", typeof(NodeMessages.Leave)));
}
