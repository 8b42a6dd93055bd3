using System.Collections.Concurrent;
using System.Collections.Immutable;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Racing;
using LossActors.Learning.Losses.Neural;

namespace LossActors.Actors.Evaluators;

/// <summary>
/// The one thread of a slot: it opens the bench, does all work on it and disposes of it. A thread of its own because TorchSharp's scopes are thread-static
/// and because work on the thread pool would starve heartbeats.
/// </summary>
internal sealed class SlotThread : IDisposable
{
    private readonly IEvaluatorBenchFactory _benches;
    private readonly string _device;
    private readonly int _threads;
    private readonly TimeProvider _time;
    private readonly Action<object> _tell;
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;
    private CancellationTokenSource _cancellation = new();
    private IEvaluatorBench? _bench;
    private (string Protocol, string Data)? _open;

    public SlotThread(string name, IEvaluatorBenchFactory benches, string device, int threads, TimeProvider time, Action<object> tell)
    {
        (_benches, _device, _threads, _time, _tell) = (benches, device, threads, time, tell);
        _thread = new Thread(Work) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Opens a bench, unless the open one is for the same protocol and data; tells <see cref="Opened"/>.</summary>
    public void Open(SlotMessages.Enlist orders) => _work.Add(() =>
    {
        try
        {
            if (_open != (orders.ProtocolHash, orders.DataHash))
            {
                Close();
                _bench = _benches.Open(orders.Protocol, orders.DataHash, _device, _threads);
                _open = (orders.ProtocolHash, orders.DataHash);
            }

            _tell(new Opened(orders.Epoch, _bench!.Capacity, null));
        }
        catch (Exception e)
        {
            _tell(new Opened(orders.Epoch, new Appetite(), FirstLine(e)));
        }
    });

    /// <summary>Does the jobs of a lease; tells <see cref="Finished"/>.</summary>
    public void Run(SlotMessages.Lease lease)
    {
        _cancellation = new CancellationTokenSource();
        var cancellation = _cancellation.Token;
        _work.Add(() =>
        {
            var began = _time.GetTimestamp();
            var findings = Do(lease.Jobs, cancellation);
            _tell(new Finished(lease.Id, findings, _time.GetElapsedTime(began)));
        });
    }

    /// <summary>Asks the running jobs to stop.</summary>
    public void Cancel() => _cancellation.Cancel();

    /// <summary>Cancels and ends the thread, without waiting long for native code that does not listen.</summary>
    public void Dispose()
    {
        Cancel();
        _work.CompleteAdding();
        _thread.Join(TimeSpan.FromSeconds(1));
    }

    private void Work()
    {
        LowPriority.Apply();
        foreach (var action in _work.GetConsumingEnumerable())
        {
            action();
        }

        Close();
    }

    // Whatever goes wrong on the bench is a finding about the candidate, never the end of the slot; and never about the candidates beside it.
    private ImmutableArray<Finding> Do(ImmutableArray<Job> jobs, CancellationToken cancellation)
    {
        try
        {
            return Together(jobs, cancellation);
        }
        catch (Exception e)
        {
            return jobs.Length == 1 || cancellation.IsCancellationRequested
                ? [.. jobs.Select(_ => new Finding.Failed(FirstLine(e), Poisonous: false, Seconds: 0))]
                : [.. jobs.SelectMany(job => Do([job], cancellation))];
        }
    }

    private ImmutableArray<Finding> Together(ImmutableArray<Job> jobs, CancellationToken cancellation)
    {
        var (kind, first, replicates, isNeural, tasks) = jobs[0].Likeness;
        var bench = (_bench ?? throw new InvalidOperationException("The bench is not open.")).On(tasks);
        return kind switch
        {
            JobKind.Screen => bench.Screen(Losses(jobs), cancellation),
            JobKind.Refine => bench.Refine(Losses(jobs), cancellation),
            JobKind.Learn => bench.Learn(Networks(jobs), replicates, cancellation),
            JobKind.Train or JobKind.Measure when isNeural => bench.TrainNeural(Networks(jobs), first, replicates, cancellation),
            JobKind.Train or JobKind.Measure => bench.Train([.. Losses(jobs).Zip(jobs, (loss, job) => new Entrant(loss) { Rungs = job.Rungs })], first, replicates, cancellation),
            JobKind.Baseline => bench.TrainBaseline([.. jobs.Select(job => job.LearningRate)], first, replicates, cancellation),
            _ => throw new InvalidOperationException($"{kind} is unknown to this evaluator."),
        };
    }

    private static ImmutableArray<Expressions.Expression> Losses(ImmutableArray<Job> jobs) =>
        [.. jobs.Select(job => job.Expression ?? throw new InvalidOperationException($"{job.Id} has no expression."))];

    private static ImmutableArray<NeuralLoss> Networks(ImmutableArray<Job> jobs) =>
        [.. jobs.Select(job => job.Network ?? throw new InvalidOperationException($"{job.Id} has no network."))];

    private static string FirstLine(Exception e) => e.Message.Split('\n', 2)[0].Trim();

    private void Close()
    {
        _bench?.Dispose();
        (_bench, _open) = (null, null);
    }

    /// <summary>The bench of an epoch is open, or cannot be opened.</summary>
    internal sealed record Opened(string Epoch, Appetite Capacity, string? Problem);

    /// <summary>The thread has stopped working on a lease.</summary>
    internal sealed record Finished(LeaseId Lease, ImmutableArray<Finding> Findings, TimeSpan Elapsed);
}
