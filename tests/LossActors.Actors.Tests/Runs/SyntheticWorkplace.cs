using System.Collections.Immutable;
using Akka.Actor;
using Akka.Hosting;
using LossActors.Actors.Hosting;
using LossActors.Actors.Protocol;
using LossActors.Actors.Serialization;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Randomness;
using LossActors.Expressions;
using LossActors.Expressions.Printing;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Losses.Neural;

namespace LossActors.Actors.Tests.Runs;

/// <summary>Slots that train nothing: each finding is a pure function of the expression, as it is for a real bench, but comes at once and in a shuffled order.</summary>
/// <param name="slots">Jobs at once.</param>
/// <param name="jobs">After so many jobs they fall silent: a run that needs more cannot complete, however slow the test that watches it.</param>
internal sealed class SyntheticWorkplace(int slots, int jobs = int.MaxValue) : IWorkplace
{
    public void Configure(AkkaConfigurationBuilder builder, SearchNodeOptions options, string dataHash) =>
        builder.AddHocon("akka { loggers = [], stdout-loglevel = OFF, log-dead-letters = off }", HoconAddMode.Prepend);

    public IActorRef Broker(ActorSystem system) => system.ActorOf(Props.Create(() => new BrokerStandIn(slots, jobs)), "broker");

    public static Finding Find(Job job)
    {
        var loss = job.Expression is { } e ? ExpressionFormatter.WeightedFunction(e) : job.Network is { } network ? $"{network.At(1, 0)}" : $"{job.LearningRate}";
        loss += job.Tasks.IsAll ? "" : $" on {job.Tasks}";
        var stream = RandomStream.For(7, Hash(loss), (ulong)job.Id.FirstReplicate, Purpose.Weights);
        return job.Id.Kind switch
        {
            JobKind.Screen => stream.NextDouble() < 0.3
                ? new Finding.Screened(stream.NextBool(0.5) ? Gate.Rejected : Gate.ZeroGradient, 0, 0.01)
                : new Finding.Screened(Gate.Passed, stream.NextUInt64(), 0.01),
            JobKind.Refine => new Finding.Refined(Tune(job.Expression!, stream), 0.7, 0.6, 10, 0.1),
            JobKind.Learn => stream.NextDouble() < 0.1
                ? new Finding.Failed("the first meta-gradient is not finite", Poisonous: false, 0.1) { TrainedSteps = 20 }
                : new LearnedLoss(Train(job.Network!, stream), 0.9, 0.2, 10, 300, [.. Enumerable.Range(0, job.Replicates).Select(_ => 0.1 + stream.NextDouble())], 100 * job.Replicates, 0.3),
            _ => stream.NextDouble() < 0.05
                ? new Finding.Trained([], 10, Diverged: true, 0.1)
                : Train(job, stream),
        };
    }

    private static Finding.Trained Train(Job job, RandomStream stream)
    {
        ImmutableArray<double> errors = [.. Enumerable.Range(0, job.Replicates).Select(_ => 0.1 + stream.NextDouble())];
        var (whole, curve) = (100 * job.Replicates, ImmutableArray.CreateBuilder<double>());
        foreach (var rung in job.Rungs)
        {
            curve.Add(errors[0] + (0.1 * (rung.Divisor - 1) * stream.NextDouble()));
            if (curve[^1] > rung.Bar && rung.Step(100) < whole)
            {
                return new([], rung.Step(100), false, 0.1) { Curve = curve.ToImmutable(), SavedSteps = whole - rung.Step(100) };
            }
        }

        return new(errors, whole, false, 0.2) { Curve = curve.ToImmutable() };
    }

    private static NeuralLoss Train(NeuralLoss start, RandomStream stream) => new([.. start.Parameters.Select(p => p + (0.01 * stream.NextNormal()))]);

    private static Expression Tune(Expression expression, RandomStream stream) =>
        expression.WithWeights(expression.Weights.Select((w, i) => i == 0 ? w : w * (1 + (0.1 * stream.NextNormal()))).ToArray());

    // FNV-1a: string hashes of .NET differ from process to process.
    private static ulong Hash(string text) => text.Aggregate(14695981039346656037UL, (hash, c) => (hash ^ c) * 1099511628211UL);

    /// <summary>Keeps the broker's promises: one answer per job, sent again until acknowledged, to whoever offered last; nothing is leased while paused.</summary>
    private sealed class BrokerStandIn(int slots, int jobs) : UntypedActor, IWithTimers
    {
        private readonly Random _shuffle = new(slots);
        private readonly List<JobId> _waiting = [];
        private readonly Dictionary<JobId, (Job Job, IActorRef Owner, BrokerMessages.Done? Done)> _jobs = [];
        private int _busy;
        private int _leased;
        private bool _paused;

        public ITimerScheduler Timers { get; set; } = null!;

        private sealed record Finished(JobId Job);

        protected override void PreStart() => Timers.StartPeriodicTimer("resend", "resend", TimeSpan.FromMilliseconds(200));

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case BrokerMessages.Offer offer:
                    Take(offer.Job);
                    break;
                case Finished finished:
                    _busy--;
                    var entry = _jobs[finished.Job];
                    _jobs[finished.Job] = entry with { Done = new BrokerMessages.Done(finished.Job, Find(entry.Job), "pid 1 slot 0 cpu") };
                    entry.Owner.Tell(_jobs[finished.Job].Done);
                    break;
                case BrokerMessages.Acknowledge acknowledged:
                    _jobs.Remove(acknowledged.Job);
                    break;
                case "resend":
                    foreach (var done in _jobs.Values.Where(j => j.Done is not null))
                    {
                        done.Owner.Tell(done.Done);
                    }

                    break;
                case BrokerMessages.Pause:
                    _paused = true;
                    break;
                case BrokerMessages.Resume:
                    _paused = false;
                    break;
                case BrokerMessages.GetWorkforce:
                    Sender.Tell(new BrokerMessages.Workforce([new("slot 0", 4711, "here", "cpu", _busy > 0 ? "busy" : "idle", null, 0)], _waiting.Count, _busy));
                    break;
            }

            Lease();
        }

        private void Take(Job job)
        {
            // Through its wire form, as a real one would.
            job = System.Text.Json.JsonSerializer.Deserialize<Job>(System.Text.Json.JsonSerializer.Serialize(job, WireJson.Options), WireJson.Options)!;
            if (_jobs.TryGetValue(job.Id, out var known))
            {
                _jobs[job.Id] = known with { Owner = Sender };
            }
            else
            {
                _jobs[job.Id] = (job, Sender, null);
                _waiting.Add(job.Id);
            }
        }

        private void Lease()
        {
            while (!_paused && _busy < slots && _leased < jobs && _waiting.Count > 0)
            {
                var next = _shuffle.Next(_waiting.Count);
                var job = _waiting[next];
                _waiting.RemoveAt(next);
                _busy++;
                _leased++;
                Timers.StartSingleTimer(job, new Finished(job), TimeSpan.FromMilliseconds(_shuffle.Next(4)));
            }
        }
    }
}
