using System.Collections.Concurrent;
using LossActors.Evolution.Evaluation;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Protocols;

namespace LossActors.Studies;

/// <summary>Some dedicated threads, each with a bench of its own, that work on what they are given.</summary>
internal sealed class BenchCrew : IDisposable
{
    private readonly BlockingCollection<(Func<Bench, Finding> Work, Action<Finding> Done)> _work = [];
    private readonly List<Thread> _threads = [];

    public BenchCrew(EvaluationProtocol protocol, int threads)
    {
        for (var i = 0; i < threads; i++)
        {
            var thread = new Thread(() =>
            {
                using var bench = Bench.Open(protocol, "cpu");
                foreach (var (work, done) in _work.GetConsumingEnumerable())
                {
                    done(work(bench));
                }
            });
            thread.Start();
            _threads.Add(thread);
        }
    }

    public void Add(Func<Bench, Finding> work, Action<Finding> done) => _work.Add((work, done));

    public void Dispose()
    {
        _work.CompleteAdding();
        _threads.ForEach(thread => thread.Join());
        _work.Dispose();
    }
}
