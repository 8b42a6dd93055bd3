using System.Diagnostics.CodeAnalysis;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace LossActors.Actors.Hosting.Dispatching;

/// <summary>
/// Threads of a dispatcher's own, which sleep when there is nothing to do; named as an executor in hocon/base.conf. Those of Akka's fork-join-executor go on yielding for a while after
/// each message: on a machine whose every core trains, each yield is a switch to a training thread and back, and about a thousand a second were seen in one process.
/// </summary>
/// <param name="config">The dispatcher's: <c>own-threads.count</c>.</param>
/// <param name="prerequisites">Akka's.</param>
[SuppressMessage("Performance", "CA1812", Justification = "Akka makes it, by the name in the configuration.")]
internal sealed class OwnThreads(Config config, IDispatcherPrerequisites prerequisites) : ExecutorServiceConfigurator(config, prerequisites)
{
    /// <inheritdoc/>
    public override ExecutorService Produce(string id) => new Crew(id, Config.GetInt("own-threads.count", 1), Prerequisites.EventStream);

    private sealed class Crew : ExecutorService
    {
        private readonly Queue<IRunnable> _work = [];
        private readonly EventStream _events;
        private bool _isShutDown;

        public Crew(string id, int threads, EventStream events)
            : base(id)
        {
            _events = events;
            for (var i = 0; i < threads; i++)
            {
                new Thread(Work) { Name = id, IsBackground = true }.Start();
            }
        }

        public override void Execute(IRunnable run)
        {
            lock (_work)
            {
                if (_isShutDown)
                {
                    throw new RejectedExecutionException($"{Id} is shutting down");
                }

                _work.Enqueue(run);
                Monitor.Pulse(_work);
            }
        }

        public override void Shutdown()
        {
            lock (_work)
            {
                _isShutDown = true;
                Monitor.PulseAll(_work);
            }
        }

        private void Work()
        {
            while (Next() is { } run)
            {
                try
                {
                    run.Run();
                }
                catch (Exception e)
                {
                    // Of an actor's failures its supervisor has heard already; the dispatcher's other actors must not lose their thread for what is left.
                    _events.Publish(new Error(e, Id, typeof(OwnThreads), e.Message));
                }
            }
        }

        // What was taken on is done before the end.
        private IRunnable? Next()
        {
            lock (_work)
            {
                while (_work.Count == 0 && !_isShutDown)
                {
                    Monitor.Wait(_work);
                }

                return _work.TryDequeue(out var run) ? run : null;
            }
        }
    }
}
