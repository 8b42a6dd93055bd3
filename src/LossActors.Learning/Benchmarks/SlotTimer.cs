using LossActors.Learning.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace LossActors.Learning.Benchmarks;

/// <summary>Times a piece of work on dedicated threads with one computing thread each, as evaluator slots do it.</summary>
internal sealed class SlotTimer(TimeProvider time, Device device)
{
    private const int Runs = 5;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_run = TimeSpan.FromMilliseconds(400);

    /// <summary>Wall time per step over all slots: with two slots half of what each takes. The median of several runs.</summary>
    /// <param name="slots">Threads at work.</param>
    /// <param name="create">Makes one slot's work, on its thread.</param>
    public double SecondsPerStep(int slots, Func<IBenchmarkStep> create)
    {
        using var start = new Barrier(slots);
        var rates = new double[slots][];
        var threads = Enumerable.Range(0, slots).Select(slot => new Thread(() => rates[slot] = Rates(create, start))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var totals = Enumerable.Range(0, Runs).Select(run => rates.Sum(r => r[run])).Order().ToList();
        return 1 / totals[Runs / 2];
    }

    // Steps per second of each run.
    private double[] Rates(Func<IBenchmarkStep> create, Barrier start)
    {
        TorchThreads.Set(1);
        using var scope = NewDisposeScope();
        using var work = create();
        Repeat(work, s_warmUp);
        var rates = new double[Runs];
        for (var run = 0; run < Runs; run++)
        {
            start.SignalAndWait();
            rates[run] = Repeat(work, s_run);
        }

        return rates;
    }

    private double Repeat(IBenchmarkStep work, TimeSpan duration)
    {
        var (began, steps) = (time.GetTimestamp(), 0);
        while (time.GetElapsedTime(began) < duration || steps == 0)
        {
            using var scope = NewDisposeScope();
            work.Step();
            steps++;
        }

        if (device.type == DeviceType.CUDA)
        {
            // What was asked of a GPU is done only when it says so.
            cuda.synchronize(device);
        }

        return steps / time.GetElapsedTime(began).TotalSeconds;
    }
}
