using Akka.Actor;
using Akka.Persistence;
using LossActors.Actors.Control;
using LossActors.Actors.Fame;
using LossActors.Actors.Islands;
using LossActors.Actors.Protocol;
using LossActors.Actors.Record;

namespace LossActors.Actors.Runs;

/// <summary>
/// The run as a whole: hands out the budget, has the baseline and the finalists measured, pauses, stops, ends. Its journal is opened first and closed last.
/// </summary>
internal sealed class RunActor : UntypedPersistentActor, IWithTimers
{
    private readonly SearchContext _context;
    private readonly RunOpening _opening;
    private readonly HashSet<int> _finished = [];
    private readonly Dictionary<int, int> _births = [];
    private DateTimeOffset _openedAt;
    private TimeSpan _active;
    private bool _askedForFinalists;
    private string? _reason;
    private RunState? _state;

    public RunActor(SearchContext context, RunOpening opening)
    {
        _context = context;
        _opening = opening;
        _active = opening.Active;
        PersistenceId = context.RunJournal;
    }

    public override string PersistenceId { get; }

    public ITimerScheduler Timers { get; set; } = null!;

    private RunState State => _state ?? throw new InvalidOperationException("The run has not begun.");

    private DateTimeOffset Now => _context.Time.GetUtcNow();

    private sealed record Tick : INotInfluenceReceiveTimeout
    {
        public static Tick Instance { get; } = new();
    }

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(WorkforceEvents.BrokerStarted));
        base.PreStart();
    }

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case RunEvent happened:
                Apply(happened);
                break;
            case RecoveryCompleted:
                Open();
                break;
        }
    }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case RunMessages.GrantWanted wanted:
                Grant(wanted, Sender);
                break;
            case RunMessages.IslandReady ready:
                Welcome(ready, Sender);
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
                OfferMeasurements();
                break;
            case Tick:
                CheckTime();
                break;
            case RunMessages.Pause when State.Phase is RunPhase.Running or RunPhase.Stopping or RunPhase.Finals:
                Persist(new RunEvent.Paused(Now), () =>
                {
                    _active = Active();
                    _context.Broker.Tell(new BrokerMessages.Pause());
                });
                break;
            case RunMessages.Resume when State.Phase == RunPhase.Paused:
                Persist(new RunEvent.Resumed(Now), () =>
                {
                    _openedAt = Now;
                    _context.Broker.Tell(new BrokerMessages.Resume());
                    CompleteIfMeasured();
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

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        _context.Progress.TryWrite(new SearchProgress.Trouble($"The run could not write to the journal and tries again: {cause.Message.ReplaceLineEndings(" ")}"));
        base.OnPersistFailure(cause, @event, sequenceNr);
    }

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        throw new InvalidOperationException($"The journal refused a {@event.GetType().Name}.", cause);

    private void Open()
    {
        _openedAt = Now;
        var events = new List<RunEvent>();
        if (_state is null)
        {
            events.Add(new RunEvent.Started(Now, _context.Run, _opening.Experiment, _opening.DataHash, _opening.Metric, _opening.Versions));
        }

        events.Add(new RunEvent.EpochStarted(Now, (_state?.Epoch ?? 0) + 1, Environment.ProcessId));
        if (_state is { } old)
        {
            var (evaluations, time) = (_opening.Experiment.Search.Evaluations, _opening.Experiment.Search.Time);
            if (old.Phase == RunPhase.Cancelled)
            {
                End();
                return;
            }

            if (evaluations > old.Evaluations || (time ?? TimeSpan.MaxValue) > (old.Time ?? TimeSpan.MaxValue))
            {
                events.Add(new RunEvent.BudgetRaised(Now, Math.Max(evaluations, old.Evaluations), time));
            }
            else if (old.Phase == RunPhase.Completed)
            {
                End();
                return;
            }
            else if (old.Phase is RunPhase.Paused or RunPhase.Failed)
            {
                events.Add(new RunEvent.Resumed(Now));
            }
        }

        Persist(events, () =>
        {
            _context.Broker.Tell(new BrokerMessages.Resume());
            _context.Search.Tell(new RunMessages.Ready(State));
            OfferMeasurements();
            CompleteIfMeasured();
            Timers.StartPeriodicTimer(Tick.Instance, Tick.Instance, TimeSpan.FromSeconds(0.5));
        });
    }

    private void Grant(RunMessages.GrantWanted wanted, IActorRef island)
    {
        var grants = State.Grants[wanted.Island];
        if (wanted.Number <= grants.Length)
        {
            island.Tell(new IslandMessages.Granted(wanted.Number, grants[wanted.Number - 1]));
        }
        else if (wanted.Number == grants.Length + 1)
        {
            var births = State.NextGrant(wanted.Island);
            // Journaled first, so that the same number can never be granted twice with different births.
            Persist(new RunEvent.BudgetGranted(Now, wanted.Island, wanted.Number, births), () => island.Tell(new IslandMessages.Granted(wanted.Number, births)));
        }
    }

    // After a restart of either side: what an island has not heard of, and more for one that believes there is no more though the budget was raised.
    private void Welcome(RunMessages.IslandReady ready, IActorRef island)
    {
        var grants = State.Grants[ready.Island];
        for (var number = ready.Grants + 1; number <= grants.Length; number++)
        {
            island.Tell(new IslandMessages.Granted(number, grants[number - 1]));
        }

        if ((grants is [.., 0] || State.Unspent[ready.Island] > 0) && State.NextGrant(ready.Island) > 0)
        {
            Grant(new RunMessages.GrantWanted(ready.Island, grants.Length + 1), island);
        }

        if (State.Phase == RunPhase.Stopping)
        {
            island.Tell(new IslandMessages.Withdraw());
        }
    }

    private void Finish(RunMessages.IslandFinished finished)
    {
        if (finished.Grants == State.Grants[finished.Island].Length)
        {
            _finished.Add(finished.Island);
            _births[finished.Island] = finished.Births;
            if (_finished.Count == State.Grants.Length && State.Phase is RunPhase.Running or RunPhase.Stopping && !_askedForFinalists)
            {
                _askedForFinalists = true;
                _context.Fame.Tell(new FameMessages.GetFinalists(State.Experiment.Search.Finalists));
            }
        }
    }

    private void BeginFinals(RunMessages.Finalists finalists)
    {
        _askedForFinalists = false;
        if (State.Phase is RunPhase.Running or RunPhase.Stopping)
        {
            Persist(
                new RunEvent.FinalsBegan(Now, finalists.Individuals, [.. _births.OrderBy(b => b.Key).Select(b => b.Value)]),
                () =>
                {
                    OfferMeasurements();
                    CompleteIfMeasured();
                });
        }
    }

    private void OfferMeasurements()
    {
        if (_state is { IsOver: false } state)
        {
            foreach (var job in Measurements.Missing(state))
            {
                _context.Broker.Tell(new BrokerMessages.Offer(job));
            }
        }
    }

    private void Receive(BrokerMessages.Done done, IActorRef broker)
    {
        var missing = !State.IsOver && Measurements.Missing(State).Any(job => job.Id == done.Job);
        if (!missing)
        {
            broker.Tell(new BrokerMessages.Acknowledge(done.Job));
            return;
        }

        Persist(Measurements.Event(State, done, Now), () =>
        {
            broker.Tell(new BrokerMessages.Acknowledge(done.Job));
            CompleteIfMeasured();
        });
    }

    private void CompleteIfMeasured()
    {
        if (State.Phase == RunPhase.Finals && !Measurements.Missing(State).Any())
        {
            Persist(new RunEvent.Completed(Now, Measurements.Rank(State.Finalists, State.Fresh)), End);
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
            Persist(new RunEvent.Stopping(Now, reason), () => _context.Search.Tell(new IslandMessages.ToAll(new IslandMessages.Withdraw())));
        }
    }

    private void CheckTime()
    {
        if (State is { Phase: RunPhase.Running, Time: { } limit } && Active() >= limit)
        {
            Stop($"the time limit of {limit:c} was reached");
        }
    }

    private TimeSpan Active() => State.Phase == RunPhase.Paused ? _active : _active + (Now - _openedAt);

    private void End()
    {
        Timers.CancelAll();
        _context.Search.Tell(new RunMessages.Over(State, _reason));
    }

    private void Persist(RunEvent happened, Action then) => Persist([happened], then);

    private void Persist(List<RunEvent> events, Action then)
    {
        var left = events.Count;
        PersistAll(events, happened =>
        {
            Apply(happened);
            if (--left == 0)
            {
                _context.Record.Tell(new RecordMessages.Advanced(PersistenceId, LastSequenceNr));
                then();
            }
        });
    }

    private void Apply(RunEvent happened)
    {
        _state = happened is RunEvent.Started started ? RunState.Of(started) : State.Apply(happened);
        if (happened is RunEvent.BudgetRaised)
        {
            _finished.Clear();
        }
    }
}
