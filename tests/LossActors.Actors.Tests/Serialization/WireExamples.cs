using System.Collections.Immutable;
using LossActors.Actors.Fame;
using LossActors.Actors.Islands;
using LossActors.Actors.Protocol;
using LossActors.Actors.Record;
using LossActors.Actors.Runs;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Expressions;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.Tests.Serialization;

/// <summary>One example and more of every message that crosses the wire.</summary>
internal static class WireExamples
{
    public static Expression Loss { get; } = new([
        new(Primitive.Add, 0.98), new(Primitive.Log, -1.25e-7), new(Primitive.F, 1.2), new(Primitive.Mul), new(Primitive.Y), new(Primitive.MinusOne, 0.1)]);

    public static SlotInfo Slot { get; } = new("127.0.0.1:41235/0", 638_000_000_000_000_001, 4711, "box", "cuda:0");

    private static readonly JobId s_train = new(JobKind.Train, new CandidateId(2, 17));
    private static readonly LeaseId s_lease = new("run-7/2", 42);

    public static ImmutableArray<object> All { get; } =
    [
        new BrokerMessages.Offer(new Job(s_train, Loss, 3)),
        new BrokerMessages.Offer(new Job(s_train, Loss, 3) { Tasks = TaskSet.Of([0, 2]) }),
        new BrokerMessages.Offer(new Job(s_train, Loss, 3) { Rungs = [new(9, 0.5), new(3, null), new(1, null)] }),
        new BrokerMessages.Offer(new Job(new JobId(JobKind.Baseline, new CandidateId(-1, 4), 5), null, 1, 0.003)),
        new BrokerMessages.Done(s_train, new Finding.Trained([0.25, 0.125], 1000, false, 1.5), "pid 4711 slot 0 cpu"),
        new BrokerMessages.Acknowledge(s_train),
        new BrokerMessages.Pause(),
        new BrokerMessages.Resume(),
        new BrokerMessages.GetWorkforce(),
        new BrokerMessages.Workforce([new("127.0.0.1:41235/0", 4711, "box", "cpu", "busy", "Train 2:17 +0", 12)], 3, 1),
        new SlotMessages.Report(Slot, 9, "run-7/2", true, null, 42, 42, new Appetite(64, 32, 4)),
        new SlotMessages.Report(Slot, 1, null, false, "no CUDA device 0", 0, 0, new Appetite()),
        new SlotMessages.Result(Slot, s_lease, [new Answer(s_train, new Finding.Trained([], 80, true, 0.25))]),
        new SlotMessages.Result(Slot, s_lease, [new Answer(s_train, new Finding.Screened(Gate.Passed, UInt128.Parse("340282366920938463463374607431768211455", null), 0.01))]),
        new SlotMessages.Result(Slot, s_lease, [new Answer(s_train, new Finding.Refined(Loss, double.NaN, double.PositiveInfinity, 250, 3))]),
        new SlotMessages.Result(Slot, s_lease, [new Answer(s_train, new Finding.Failed("timed out after 00:10:00", true, 600))]),
        new SlotMessages.Enlist("run-7/2", new EvaluationProtocol { Task = new TaskSettings { Dataset = "csv", Path = "data.csv", Kind = TaskKind.Regression } }, "abc", "def"),
        new SlotMessages.Lease(s_lease, [new Job(s_train, Loss), new Job(s_train with { Candidate = new CandidateId(0, 3) }, Loss)], 2),
        new SlotMessages.Abort(s_lease),
        new SlotMessages.ResultAccepted(s_lease),
        new SlotMessages.Quit("it hangs"),
        new SlotMessages.Result(Slot, s_lease, [new Answer(s_train, new Finding.Refined(Loss, 0.5, 0.25, 250, 3) { TrainedSteps = 5_000_000_000 })]),
        new IslandMessages.Granted(3, 40),
        new IslandMessages.Withdraw(),
        new IslandMessages.PullMigrants(1, 5, 2),
        new IslandMessages.Migrants(5, 1, [new Individual(new CandidateId(1, 9), Loss, 0.125)]),
        new IslandMessages.SayAgain(),
        new FameMessages.Contribute([new Individual(new CandidateId(1, 9), Loss, 0.125), new Individual(new CandidateId(2, 3), Loss, 0.25, 100)]),
        new RunMessages.IslandReady(2, 4, 1, 3, 2),
        new RunMessages.GrantWanted(2, 5),
        new RunMessages.IslandFinished(2, 5, 120),
        new RecordMessages.Advanced("island-r1-2", 77) { Row = "stays here" },
        new FameMessages.Contribute([new Individual(new CandidateId(1, 9), Loss, 0.125)]) { Tasks = TaskSet.Of([1]) },
        new IslandMessages.Amend(4, new IslandSettings { Island = 2, Tasks = TaskSet.Of([1]), Strangers = [new(3, TaskSet.All)] }),
        new IslandMessages.Amend(3, new IslandSettings { Island = 2, IsPaused = true }),
        new IslandMessages.Amend(5, new IslandSettings { Island = 2, InitialPopulation = 60 }),
        new IslandMessages.Inject(3, Loss),
        new IslandMessages.PullMembers(2, 5),
        new IslandMessages.Members(2, [new Individual(new CandidateId(1, 9), Loss, 0.125)]),
        new NodeMessages.Leave(),
    ];
}
