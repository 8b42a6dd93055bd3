using System.Collections.Immutable;
using Akka.Actor;
using LossActors.Actors.Control;
using LossActors.Actors.Experiments;
using LossActors.Actors.Fame;
using LossActors.Actors.Islands;
using LossActors.Actors.Persistence;
using LossActors.Actors.Protocol;

namespace LossActors.Actors.Runs;

/// <summary>
/// The run as a whole: hands out the budget, has neural losses trained, the baseline and the finalists measured, pauses, stops, ends. Its journal is opened first and closed
/// last.
/// </summary>
internal sealed class RunActor : JournaledActor<RunEvent>
{
    private readonly RunOpening _opening;
    private readonly RunClock _clock;
    // Births of each island that has spent them all.
    private readonly SortedDictionary<int, int> _finished = [];
    private readonly Briefing _briefing = new();
    private bool _askedForFinalists;
    private string? _reason;
    private RunState? _state;

    public RunActor(SearchContext context, RunOpening opening)
        : base(context, context.RunJournal, "The run")
    {
        _opening = opening;
        _clock = new RunClock(context.Time, opening.Active);
    }

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private RunState State => _state ?? throw new InvalidOperationException("The run has not begun.");

    private sealed record Tick : INotInfluenceReceiveTimeout
    {
        public static Tick Instance { get; } = new();
    }

    private sealed record Reminder : INotInfluenceReceiveTimeout
    {
        public static Reminder Instance { get; } = new();
    }

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(WorkforceEvents.BrokerStarted));
        base.PreStart();
    }

    protected override void Apply(RunEvent happened) => _state = happened is RunEvent.Started started ? RunState.Of(started) : State.Apply(happened);

    protected override object Snapshot() => RunSnapshot.Of(State);

    protected override void Restore(object snapshot) => _state = ((RunSnapshot)snapshot).Restore();

    protected override void OnRecovered()
    {
        var events = _opening.Events(Peers.Run, _state, Now, Environment.ProcessId);
        if (events.IsEmpty)
        {
            End();
            return;
        }

        Persist(events, () =>
        {
            if (State.Phase == RunPhase.Paused)
            {
                Peers.Broker.Tell(new BrokerMessages.Pause());
            }
            else
            {
                _clock.Start();
                Peers.Broker.Tell(new BrokerMessages.Resume());
            }

            Peers.Search.Tell(new RunMessages.Ready(State));
            Proceed();
            Timers.StartPeriodicTimer(Tick.Instance, Tick.Instance, TimeSpan.FromSeconds(0.5));
            Timers.StartPeriodicTimer(Reminder.Instance, Reminder.Instance, s_patience);
        });
    }

    protected override void OnMessage(object message)
    {
        switch (message)
        {
            case RunMessages.GrantWanted wanted:
                Grant(wanted);
                break;
            case RunMessages.IslandReady ready:
                Welcome(ready);
                break;
            case RunMessages.IslandFinished finished:
                Finish(finished);
                break;
            case RunMessages.Finalists finalists:
                BeginFinals(finalists);
                break;
            case BrokerMessages.Done done:
                Receive(done, Sender);
                break;
            case WorkforceEvents.BrokerStarted:
                Offer();
                break;
            case RunMessages.Amend amend:
                Amend(amend);
                break;
            case Reminder:
                Remind();
                break;
            case Tick when State is { Phase: RunPhase.Running, Time: { } limit } && _clock.Active >= limit:
                Stop($"the time limit of {limit:c} was reached");
                break;
            case RunMessages.Pause when State.Phase is RunPhase.Running or RunPhase.Stopping or RunPhase.Finals:
                Persist(new RunEvent.Paused(Now), () =>
                {
                    _clock.Stop();
                    Peers.Broker.Tell(new BrokerMessages.Pause());
                });
                break;
            case RunMessages.Resume when State.Phase == RunPhase.Paused:
                Persist(new RunEvent.Resumed(Now), () =>
                {
                    _clock.Start();
                    Peers.Broker.Tell(new BrokerMessages.Resume());
                    Proceed();
                });
                break;
            case RunMessages.Stop stop:
                Stop(stop.Reason);
                break;
            case RunMessages.Cancel when !State.IsOver:
                Persist(new RunEvent.Cancelled(Now), End);
                break;
            case RunMessages.Fail failure when !State.IsOver:
                _reason = failure.Reason;
                Persist(new RunEvent.Failed(Now, failure.Reason), End);
                break;
        }
    }

    private void Grant(RunMessages.GrantWanted wanted, Action? then = null)
    {
        var grants = State.Grants[wanted.Island];
        if (wanted.Number <= grants.Length)
        {
            Tell(wanted.Island, new IslandMessages.Granted(wanted.Number, grants[wanted.Number - 1]));
        }
        else if (wanted.Number == grants.Length + 1)
        {
            var births = State.NextGrant(wanted.Island);
            _finished.Remove(wanted.Island);
            // Journaled first, so that the same number can never be granted twice with different births.
            Persist(new RunEvent.BudgetGranted(Now, wanted.Island, wanted.Number, births), () =>
            {
                Tell(wanted.Island, new IslandMessages.Granted(wanted.Number, births));
                then?.Invoke();
            });
        }
    }

    // There is more to spend than these islands have been told; one after the other, for each takes a part of what is left.
    private void GrantMore(IEnumerable<int> islands)
    {
        ImmutableArray<int> wanting = [.. islands.Where(island => (State.Grants[island] is [.., 0] || State.Unspent[island] > 0) && State.NextGrant(island) > 0)];
        if (!wanting.IsEmpty)
        {
            Grant(new RunMessages.GrantWanted(wanting[0], State.Grants[wanting[0]].Length + 1), () => GrantMore(wanting.Skip(1)));
        }
    }

    private void Tell(int island, object message) => Peers.Search.Tell(new IslandMessages.ToIsland(island, message));

    private void Amend(RunMessages.Amend amend)
    {
        try
        {
            if (Amendments.Decide(State, amend.Request, amend.Amendment, Now) is { } amended)
            {
                Persist(amended, TellAmended);
            }
        }
        catch (AmendmentException e)
        {
            Peers.Progress.TryWrite(new SearchProgress.Trouble($"The search was not changed: {e.Message}"));
        }
    }

    private void TellAmended()
    {
        Peers.Search.Tell(new RunMessages.Amended(State));
        Remind();
    }

    private void Remind()
    {
        foreach (var message in _briefing.Due(State))
        {
            Peers.Search.Tell(message);
        }
    }

    // After a restart of either side: what an island has not heard of, and more for one that believes there is no more though the budget was raised.
    private void Welcome(RunMessages.IslandReady ready)
    {
        foreach (var granted in _briefing.Hear(State, ready))
        {
            Tell(ready.Island, granted);
        }

        GrantMore([ready.Island]);
        if (Amendments.Spawn(State, ready.Island, ready.Stagnations, Now) is { } spawned)
        {
            Persist(spawned, TellAmended);
        }

        if (State.Phase == RunPhase.Stopping)
        {
            Tell(ready.Island, new IslandMessages.Withdraw());
        }
    }

    private void Finish(RunMessages.IslandFinished finished)
    {
        if (finished.Grants == State.Grants[finished.Island].Length)
        {
            var isNew = _finished.TryAdd(finished.Island, finished.Births);
            if (isNew && State.Experiment.Search.Closed.Contains(finished.Island) && State.Grants[finished.Island].Sum() - finished.Births > State.Unspent[finished.Island])
            {
                // What it leaves goes to the others, also to those that have been told that there is no more.
                Persist(new RunEvent.IslandClosed(Now, finished.Island, finished.Births), () => GrantMore(Enumerable.Range(0, State.Grants.Length)));
                return;
            }

            if (_finished.Count == State.Grants.Length && State.Phase is RunPhase.Running or RunPhase.Stopping && !_askedForFinalists)
            {
                _askedForFinalists = true;
                Peers.Fame.Tell(new FameMessages.GetFinalists(State.Experiment.Search.Finalists));
            }
        }
    }

    private void BeginFinals(RunMessages.Finalists finalists)
    {
        _askedForFinalists = false;
        if (State.Phase is RunPhase.Running or RunPhase.Stopping)
        {
            Persist(new RunEvent.FinalsBegan(Now, finalists.Individuals, [.. _finished.Values]), Proceed);
        }
    }

    private IEnumerable<Job> Missing => State.IsOver ? [] : [.. Measurements.Missing(State), .. NeuralSearch.Missing(State)];

    // All of what is missing: what was offered before does no harm.
    private void Offer()
    {
        if (_state is not null)
        {
            foreach (var job in Missing)
            {
                Peers.Broker.Tell(new BrokerMessages.Offer(job));
            }
        }
    }

    private void Receive(BrokerMessages.Done done, IActorRef broker)
    {
        if (!Missing.Any(job => job.Id == done.Job))
        {
            broker.Tell(new BrokerMessages.Acknowledge(done.Job));
            return;
        }

        Persist(Measurements.Event(State, done, Now), () =>
        {
            broker.Tell(new BrokerMessages.Acknowledge(done.Job));
            Proceed();
        });
    }

    private void Proceed()
    {
        Offer();
        if (State.Phase is RunPhase.Running or RunPhase.Stopping && State.Experiment.Search.Method != SearchMethod.Evolution && NeuralSearch.IsOver(State))
        {
            Persist(new RunEvent.FinalsBegan(Now, [], []), Proceed);
        }
        else if (State.Phase == RunPhase.Finals && !Missing.Any())
        {
            Persist(new RunEvent.Completed(Now, Measurements.Rank(State.Finalists, State.Fresh)) { Networks = NeuralSearch.Rank(State) }, End);
        }
    }

    private void Stop(string reason)
    {
        if (State.Phase == RunPhase.Paused)
        {
            Self.Tell(new RunMessages.Resume());
            Self.Tell(new RunMessages.Stop(reason));
        }
        else if (State.Phase == RunPhase.Running)
        {
            _reason = reason;
            Persist(new RunEvent.Stopping(Now, reason), () =>
            {
                Peers.Search.Tell(new IslandMessages.ToAll(new IslandMessages.Withdraw()));
                Proceed();
            });
        }
    }

    private void End()
    {
        Timers.CancelAll();
        Peers.Search.Tell(new RunMessages.Over(State, _reason));
    }

    private void Persist(RunEvent happened, Action then) => Persist([happened], then);
}
