using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit;
using LossActors.Actors.Broker;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Actors.Tests.Broker;

public sealed class BrokerActorTests : TestKit
{
    private static readonly Job s_job = new(new JobId(JobKind.Train, new CandidateId(0, 1)), null);
    private static readonly Finding s_finding = new Finding.Trained([0.5], 10, false, 1);
    private readonly EvaluationProtocol _protocol = new() { Seed = 7 };
    private readonly TestProbe _owner;
    private readonly IActorRef _broker;
    private long _sequence;

    public BrokerActorTests()
        : base("akka.loglevel = OFF")
    {
        _owner = CreateTestProbe();
        Sys.EventStream.Subscribe(TestActor, typeof(WorkforceEvents.BrokerStarted));
        Sys.EventStream.Subscribe(TestActor, typeof(WorkforceEvents.SlotRefused));
        var options = new BrokerOptions { Run = "run-7", Protocol = _protocol, DataHash = "data" };
        _broker = Sys.ActorOf(Props.Create(() => new BrokerActor(options, TimeProvider.System)));
    }

    [Fact]
    public void A_job_goes_from_its_owner_to_a_slot_and_its_result_back()
    {
        var (slot, info) = Slot(1);
        var epoch = Enlisted(slot, info);
        _broker.Tell(new BrokerMessages.Offer(s_job), _owner);
        Say(slot, info, epoch, ready: true);
        var lease = slot.ExpectMsg<SlotMessages.Lease>();
        Assert.Equal((s_job, 1), (lease.Jobs.Single(), lease.Attempt));
        _broker.Tell(new SlotMessages.Result(info, lease.Id, [new Answer(s_job.Id, s_finding)]), slot);
        slot.ExpectMsg(new SlotMessages.ResultAccepted(lease.Id));
        _owner.ExpectMsg(new BrokerMessages.Done(s_job.Id, s_finding, "pid 1 slot 0 cpu"));
    }

    [Fact]
    public void The_start_is_announced_with_the_epoch_that_slots_are_told()
    {
        var started = ExpectMsg<WorkforceEvents.BrokerStarted>();
        var (slot, info) = Slot(1);
        Assert.Equal(started.Epoch, Enlisted(slot, info));
        Assert.StartsWith("run-7/", started.Epoch, StringComparison.Ordinal);
    }

    [Fact]
    public void The_job_of_a_slot_that_terminates_or_whose_process_exits_goes_to_the_next()
    {
        var (first, firstInfo) = Slot(1);
        Say(first, firstInfo, Enlisted(first, firstInfo), ready: true);
        _broker.Tell(new BrokerMessages.Offer(s_job), _owner);
        Assert.Equal(1, first.ExpectMsg<SlotMessages.Lease>().Attempt);
        Sys.Stop(first.Ref);

        var (second, secondInfo) = Slot(2);
        Say(second, secondInfo, Enlisted(second, secondInfo), ready: true);
        Assert.Equal(2, second.ExpectMsg<SlotMessages.Lease>().Attempt);
        _broker.Tell(new ProcessMessages.Exited("box", 2));

        var (third, thirdInfo) = Slot(3);
        Say(third, thirdInfo, Enlisted(third, thirdInfo), ready: true);
        Assert.Equal(3, third.ExpectMsg<SlotMessages.Lease>().Attempt);
    }

    [Fact]
    public void A_slot_without_a_bench_is_made_known_and_gets_nothing()
    {
        ExpectMsg<WorkforceEvents.BrokerStarted>();
        var (slot, info) = Slot(1);
        var epoch = Enlisted(slot, info);
        _broker.Tell(new BrokerMessages.Offer(s_job), _owner);
        Say(slot, info, epoch, ready: false, "no CUDA");
        ExpectMsg(new WorkforceEvents.SlotRefused(info.Name, "box", "no CUDA"));
        _broker.Tell(new BrokerMessages.GetWorkforce(), _owner);
        var workforce = _owner.ExpectMsg<BrokerMessages.Workforce>();
        Assert.Equal((1, 0, "refused"), (workforce.Waiting, workforce.Leased, workforce.Slots.Single().State));
    }

    private (TestProbe Probe, SlotInfo Info) Slot(int pid) => (CreateTestProbe(), new SlotInfo($"node{pid}/0", 1, pid, "box", "cpu"));

    private string Enlisted(TestProbe slot, SlotInfo info)
    {
        Say(slot, info, null, ready: false);
        var orders = slot.ExpectMsg<SlotMessages.Enlist>();
        Assert.Equal(_protocol, orders.Protocol);
        return orders.Epoch;
    }

    private void Say(TestProbe slot, SlotInfo info, string? epoch, bool ready, string? problem = null) =>
        _broker.Tell(new SlotMessages.Report(info, ++_sequence, epoch, ready, problem, 0, 0, new Appetite()), slot);
}
