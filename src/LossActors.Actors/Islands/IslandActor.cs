using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using LossActors.Actors.Control;
using LossActors.Actors.Fame;
using LossActors.Actors.Protocol;
using LossActors.Actors.Record;
using LossActors.Actors.Runs;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;

namespace LossActors.Actors.Islands;

/// <summary>
/// An island as an actor: the shell around the pure aggregate. It journals what the aggregate decides, and only then acts on it: applies, acknowledges,
/// offers work, asks for grants and migrants. All that it wants from others it asks again until it has it, so nobody else need remember.
/// </summary>
internal sealed class IslandActor : UntypedPersistentActor, IWithTimers
{
    // Answers to grants and pulls are local and quick; this is for those that got lost in a restart, and for neighbours behind in strict mode.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly SearchContext _context;
    private readonly IslandSettings _settings;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HashSet<(CandidateId Candidate, Stage Stage)> _offered = [];
    private readonly HashSet<object> _asked = [];
    private readonly Dictionary<int, (int Epoch, IActorRef Asker)> _parked = [];
    private readonly Members _members = new();
    private IslandState _state;

    public IslandActor(SearchContext context, IslandSettings settings)
    {
        _context = context;
        _settings = settings;
        _state = Island.Initial(settings);
        PersistenceId = context.IslandJournal(settings.Island);
    }

    public override string PersistenceId { get; }

    public ITimerScheduler Timers { get; set; } = null!;

    private sealed record AskAgain : INotInfluenceReceiveTimeout
    {
        public static AskAgain Instance { get; } = new();
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
            case JournaledIslandEvent journaled:
                Apply(journaled.Event);
                break;
            case RecoveryCompleted:
                _context.Fame.Tell(new FameMessages.Contribute(_members.TakeNew()));
                _context.Search.Tell(new RunMessages.IslandReady(_settings.Island, _state.Budget.Grants));
                Timers.StartPeriodicTimer(AskAgain.Instance, AskAgain.Instance, s_patience);
                // A batch may have been cut short by a crash: what follows from the state is decided now.
                Persist(Island.Follow(_state), worker: null, then: null);
                break;
        }
    }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case BrokerMessages.Done done:
                Receive(done, Sender);
                break;
            case IslandMessages.Granted granted:
                Decide(new IslandCommand.Grant(granted.Number, granted.Births));
                break;
            case IslandMessages.Withdraw:
                Decide(new IslandCommand.Withdraw());
                break;
            case IslandMessages.Migrants migrants:
                Decide(new IslandCommand.Admit(migrants.Epoch, migrants.From, migrants.Individuals));
                break;
            case IslandMessages.PullMigrants pull:
                _parked[pull.Requester] = (pull.Epoch, Sender);
                AnswerPulls();
                break;
            case IslandMessages.Republish:
                _context.Fame.Tell(new FameMessages.Contribute(_members.All));
                break;
            case WorkforceEvents.BrokerStarted:
                _offered.Clear();
                Act();
                break;
            case AskAgain:
                _asked.Clear();
                Ask();
                break;
        }
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        _context.Progress.TryWrite(new SearchProgress.Trouble($"Island {_settings.Island} could not write to the journal and tries again: {cause.Message.ReplaceLineEndings(" ")}"));
        base.OnPersistFailure(cause, @event, sequenceNr);
    }

    // A refused event was never written: going on would act on a state that no replay gives.
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        throw new InvalidOperationException($"The journal refused a {@event.GetType().Name}.", cause);

    private void Receive(BrokerMessages.Done done, IActorRef from)
    {
        var stage = done.Job.Kind switch
        {
            JobKind.Refine => Stage.Refine,
            JobKind.Screen => Stage.Screen,
            JobKind.Train => Stage.Train,
            _ => throw new ArgumentException($"An island never asked for {done.Job}."),
        };
        // The acknowledgement comes after the persist, or at once where nothing is wanted of it any more.
        Persist(
            Island.Decide(_state, new IslandCommand.Report(done.Job.Candidate, stage, done.Finding)),
            done.Worker,
            then: () => from.Tell(new BrokerMessages.Acknowledge(done.Job)));
    }

    private void Decide(IslandCommand command) => Persist(Island.Decide(_state, command), worker: null, then: null);

    private void Persist(ImmutableArray<IslandEvent> events, string? worker, Action? then)
    {
        if (events.IsEmpty)
        {
            then?.Invoke();
            Act();
            return;
        }

        var now = _context.Time.GetUtcNow();
        var left = events.Length;
        PersistAll(events.Select(e => new JournaledIslandEvent(now, e is IslandEvent.Found ? worker : null, e)), journaled =>
        {
            Apply(journaled.Event);
            if (--left == 0)
            {
                _context.Record.Tell(new RecordMessages.Advanced(PersistenceId, LastSequenceNr));
                then?.Invoke();
                if (_members.TakeNew() is { IsEmpty: false } members)
                {
                    _context.Fame.Tell(new FameMessages.Contribute(members));
                }

                Act();
            }
        });
    }

    private void Apply(IslandEvent happened)
    {
        _members.Apply(_settings.Island, happened);
        _state = Island.Apply(_state, happened);
    }

    private void Act()
    {
        var outstanding = Island.Outstanding(_state);
        _offered.IntersectWith(outstanding.Select(a => (a.Candidate, a.Stage)));
        foreach (var assignment in outstanding)
        {
            if (_offered.Add((assignment.Candidate, assignment.Stage)))
            {
                Offer(assignment);
            }
        }

        Ask();
        AnswerPulls();
    }

    private void Offer(Assignment assignment)
    {
        var (kind, target) = assignment.Stage switch
        {
            Stage.Refine => (JobKind.Refine, _context.Refinement),
            Stage.Screen => (JobKind.Screen, _context.Broker),
            _ => (JobKind.Train, _context.Broker),
        };
        target.Tell(new BrokerMessages.Offer(new Job(new JobId(kind, assignment.Candidate), assignment.Expression, kind == JobKind.Train ? _context.Replicates : 1)));
    }

    private void Ask()
    {
        if (Island.GrantNeeded(_state) is { } number)
        {
            AskOnce(new RunMessages.GrantWanted(_settings.Island, number));
        }
        else if (_state.IsFinished)
        {
            AskOnce(new RunMessages.IslandFinished(_settings.Island, _state.Budget.Grants, _state.Proposed));
        }

        foreach (var (epoch, from) in Island.PullsNeeded(_state))
        {
            AskOnce(new IslandMessages.ToIsland(from, new IslandMessages.PullMigrants(epoch, _settings.Island)));
        }
    }

    // The same question is not put again before the timer says that it may have been lost.
    private void AskOnce(object question)
    {
        if (_asked.Add(question))
        {
            _context.Search.Tell(question);
        }
    }

    private void AnswerPulls()
    {
        foreach (var (requester, (epoch, asker)) in _parked)
        {
            if (Island.Emigrants(_state, epoch) is { } migrants)
            {
                _parked.Remove(requester);
                asker.Tell(new IslandMessages.Migrants(epoch, _settings.Island, migrants));
            }
            else
            {
                _log.Debug("Island {Requester} waits for epoch {Epoch} of island {Island}", requester, epoch, _settings.Island);
            }
        }
    }
}
