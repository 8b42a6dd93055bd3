using System.Text.Json;
using LossActors.Actors.Benchmarks;
using LossActors.Actors.Broker;
using LossActors.Actors.Experiments;
using LossActors.Actors.Protocol;
using LossActors.Actors.Serialization;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Expressions;
using Aggregate = LossActors.Evolution.Islands.Island;

namespace LossActors.Actors.Simulation;

/// <summary>
/// Measures <see cref="ServiceTimes"/>: the lease book, an island and the serializer by themselves; what is left of the core time that the engine's benchmark takes per candidate is
/// put down to events (journal, record, and whatever else an actor system does).
/// </summary>
/// <remarks>Medians over many short stretches, so that other work on the machine disturbs little.</remarks>
public sealed class ServiceTimeMeasurement(TimeProvider time)
{
    /// <summary>What remoting and sockets are taken to need for a message at either end, besides the serializer, in seconds: an assumption.</summary>
    internal const double Remoting = 9e-6;

    private const int Slots = 1000;
    private const int Stretches = 41;
    private const int Each = 50;

    private static readonly Expression s_loss = Expression.Parse("0.98*mul(y, log(abs(1.1*add(f, square(sub(y, f))))))");

    /// <summary>Measures them.</summary>
    /// <param name="engine">Core seconds per candidate of the engine's benchmark (<see cref="EngineReport.CoreSecondsPerCandidate"/>).</param>
    /// <param name="options">What that benchmark ran.</param>
    public ServiceTimes Measure(double engine, EngineBenchmarkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (report, job, supervision) = Broker();
        var (message, messageJob) = Messages();
        var (command, inFlight) = Island();
        var known = new ServiceTimes
        {
            Report = report, Job = job, Supervision = supervision, Message = message, MessageJob = messageJob, Command = command, CommandInFlight = inFlight, Event = 0,
        };
        var simulated = ClusterSimulation.Run(Engine(options) with { ServiceTimes = known });
        return known with { Event = Math.Max(0, (engine - simulated.CoreSecondsPerCandidate) / simulated.EventsPerCandidate) };
    }

    /// <summary>The search that the engine's benchmark runs, as a simulation.</summary>
    internal static SimulationOptions Engine(EngineBenchmarkOptions options) => new()
    {
        Evaluators = 1,
        Slots = options.Slots,
        Search = new SearchSettings { Islands = options.Islands, Evaluations = Math.Min(options.Candidates, 20_000), Island = new IslandSettings { Window = options.Window } },
        Workload = Workload.Instant,
    };

    private (double Report, double Job, double Supervision) Broker()
    {
        var book = new LeaseBook("measured", new LeaseSettings());
        var slots = Enumerable.Range(0, Slots).Select(i => new SlotInfo($"measured:{i}/0", 1, i, "measured", "cpu")).ToArray();
        var (sequence, birth) = (0L, 0);
        var leases = new Queue<LeaseEffect.Grant>();
        var now = TimeSpan.Zero;
        SlotMessages.Report Idle(SlotInfo slot) => new(slot, ++sequence, "measured", Ready: true, null, Working: 0, Seen: long.MaxValue, new Appetite());
        void Offer()
        {
            birth++;
            foreach (var grant in book.Offer($"island-{birth % 64}", new Job(new JobId(JobKind.Train, new CandidateId(birth % 64, birth)), s_loss), now).OfType<LeaseEffect.Grant>())
            {
                leases.Enqueue(grant);
            }
        }

        foreach (var slot in slots)
        {
            book.Report(Idle(slot), now);
        }

        // Half of the slots are at work.
        for (var i = 0; i < Slots / 2; i++)
        {
            Offer();
        }

        var job = Median(() =>
        {
            Offer();
            var grant = leases.Dequeue();
            var id = grant.Lease.Jobs[0].Id;
            book.Result(new SlotMessages.Result(grant.Slot, grant.Lease.Id, [new Answer(id, new Finding.Trained([0.5], 1, false, 1))]), now);
            book.Acknowledge(id, now);
        });
        var report = Median(() => book.Report(Idle(slots[sequence % Slots]), now += TimeSpan.FromTicks(1)));
        var supervision = Median(() =>
        {
            book.Tick(now);
            book.Workforce(now);
        });

        // Twice a second: once for the tick and once for whoever looks.
        return (report, job, supervision / Slots / 2);
    }

    private (double Message, double MessageJob) Messages()
    {
        var info = new SlotInfo("127.0.0.1:41235/0", 638_000_000_000_000_000, 4711, "measured", "cpu");
        SlotMessages.Lease Lease(int jobs) => new(
            new LeaseId("measured", 1), [.. Enumerable.Range(1, jobs).Select(birth => new Job(new JobId(JobKind.Train, new CandidateId(1, birth)), s_loss))], 1);
        double Both(IWireMessage message)
        {
            var type = message.GetType();
            return Median(() => JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(message, type, WireJson.Options), type, WireJson.Options)) / 2;
        }

        var report = Both(new SlotMessages.Report(info, 1, "measured", Ready: true, null, Working: 1, Seen: 1, new Appetite()));
        return (Remoting + report, (Both(Lease(9)) - Both(Lease(1))) / 8);
    }

    private (double Command, double InFlight) Island()
    {
        const int few = 6;
        const int many = 600;
        var (one, other) = (Command(few), Command(many));
        var slope = Math.Max(0, (other - one) / (many - few));
        return (Math.Max(0, one - (few * slope)), slope);
    }

    private double Command(int window)
    {
        var state = Aggregate.Initial(new IslandSettings { Window = window, Refinement = RefinementPolicy.None });
        state = Aggregate.Advance(state, new IslandCommand.Grant(1, 1_000_000)).After;
        var findings = new SampledFindings(Workload.Instant, seed: 1);
        var owed = new Queue<Assignment>(Aggregate.Outstanding(state));
        return Median(() =>
        {
            var assignment = owed.Dequeue();
            Finding finding = assignment.Stage == Stage.Screen ? findings.Screen(assignment.Expression) : findings.Train(assignment.Expression, 1);
            (var events, state) = Aggregate.Advance(state, new IslandCommand.Report(assignment.Candidate, assignment.Stage, finding));
            foreach (var happened in events)
            {
                var birth = happened switch { IslandEvent.Proposed e => e.Birth, IslandEvent.Found e => e.Birth, _ => 0 };
                if (Aggregate.Owed(state, birth) is { } next)
                {
                    owed.Enqueue(next);
                }
            }
        });
    }

    // Seconds for one, after a warm-up as long as the measurement.
    private double Median(Action action)
    {
        var seconds = new double[2 * Stretches];
        for (var i = 0; i < seconds.Length; i++)
        {
            var began = time.GetTimestamp();
            for (var j = 0; j < Each; j++)
            {
                action();
            }

            seconds[i] = time.GetElapsedTime(began).TotalSeconds / Each;
        }

        return seconds[Stretches..].Order().ElementAt(Stretches / 2);
    }
}
