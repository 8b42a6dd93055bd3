using System.Collections.Concurrent;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Evaluation;

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
    private readonly Action<object> _tell;
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;
    private CancellationTokenSource _cancellation = new();
    private IEvaluatorBench? _bench;
    private string? _open;

    public SlotThread(string name, IEvaluatorBenchFactory benches, string device, int threads, Action<object> tell)
    {
        (_benches, _device, _threads, _tell) = (benches, device, threads, tell);
        _thread = new Thread(Work) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Opens a bench, unless the open one is for the same protocol; tells <see cref="Opened"/>.</summary>
    public void Open(SlotMessages.Enlist orders) => _work.Add(() =>
    {
        try
        {
            if (_open != orders.ProtocolHash)
            {
                Close();
                _bench = _benches.Open(orders.Protocol, _device, _threads);
                _open = orders.ProtocolHash;
            }

            _tell(new Opened(orders.Epoch, null));
        }
        catch (Exception e)
        {
            _tell(new Opened(orders.Epoch, FirstLine(e)));
        }
    });

    /// <summary>Does a job; tells <see cref="Finished"/>.</summary>
    public void Run(SlotMessages.Lease lease)
    {
        _cancellation = new CancellationTokenSource();
        var cancellation = _cancellation.Token;
        _work.Add(() => _tell(new Finished(lease.Id, Do(lease.Job, cancellation))));
    }

    /// <summary>Asks the running job to stop.</summary>
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

    // Whatever goes wrong on the bench is a finding about the candidate, never the end of the slot.
    private Finding Do(Job job, CancellationToken cancellation)
    {
        try
        {
            var bench = _bench ?? throw new InvalidOperationException("The bench is not open.");
            return job.Id.Kind switch
            {
                JobKind.Screen => bench.Screen(Loss(job), cancellation),
                JobKind.Refine => bench.Refine(Loss(job), cancellation),
                JobKind.Train or JobKind.Measure => bench.Train(Loss(job), job.Id.FirstReplicate, job.Replicates, cancellation),
                JobKind.Baseline => bench.TrainBaseline(job.LearningRate, job.Id.FirstReplicate, job.Replicates, cancellation),
                _ => throw new InvalidOperationException($"{job.Id.Kind} is unknown to this evaluator."),
            };
        }
        catch (Exception e)
        {
            return new Finding.Failed(FirstLine(e), Poisonous: false, Seconds: 0);
        }
    }

    private static Expressions.Expression Loss(Job job) =>
        job.Expression ?? throw new InvalidOperationException($"{job.Id} has no expression.");

    private static string FirstLine(Exception e) => e.Message.Split('\n', 2)[0].Trim();

    private void Close()
    {
        _bench?.Dispose();
        (_bench, _open) = (null, null);
    }

    /// <summary>The bench of an epoch is open, or cannot be opened.</summary>
    internal sealed record Opened(string Epoch, string? Problem);

    /// <summary>The thread has stopped working on a lease.</summary>
    internal sealed record Finished(LeaseId Lease, Finding Finding);
}
