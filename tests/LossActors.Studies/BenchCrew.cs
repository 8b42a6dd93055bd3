using System.Collections.Concurrent;
using LossActors.Evolution.Evaluation;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Protocols;

namespace LossActors.Studies;

/// <summary>Some dedicated threads, each with a bench of its own, that work on what they are given.</summary>
internal sealed class BenchCrew : IDisposable
{
    private readonly BlockingCollection<Action<Bench>> _work = [];
    private readonly List<Thread> _threads = [];

    public BenchCrew(EvaluationProtocol protocol, int threads)
    {
        for (var i = 0; i < threads; i++)
        {
            var thread = new Thread(() =>
            {
                using var bench = Bench.Open(protocol, "cpu");
                foreach (var work in _work.GetConsumingEnumerable())
                {
                    work(bench);
                }
            });
            thread.Start();
            _threads.Add(thread);
        }
    }

    public void Add(Func<Bench, Finding> work, Action<Finding> done) => _work.Add(bench => done(work(bench)));

    /// <summary>Does one piece of work per item, on all threads, and returns when all are done.</summary>
    public void ForEach<T>(IReadOnlyCollection<T> items, Action<Bench, T> work)
    {
        using var done = new CountdownEvent(items.Count);
        foreach (var item in items)
        {
            _work.Add(bench =>
            {
                work(bench, item);
                done.Signal();
            });
        }

        done.Wait();
    }

    public void Dispose()
    {
        _work.CompleteAdding();
        _threads.ForEach(thread => thread.Join());
        _work.Dispose();
    }
}
