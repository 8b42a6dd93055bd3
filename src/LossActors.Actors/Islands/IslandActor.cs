using System.Collections.Immutable;
using Akka.Actor;
using LossActors.Actors.Fame;
using LossActors.Actors.Persistence;
using LossActors.Actors.Protocol;
using LossActors.Actors.Runs;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Snapshots;

namespace LossActors.Actors.Islands;

/// <summary>
/// An island as an actor: the shell around the pure aggregate. It journals what the aggregate decides, and only then acts on it: acknowledges,
/// offers work, asks for grants and migrants. All that it wants from others it asks again until it has it, so nobody else need remember.
/// </summary>
internal sealed class IslandActor : JournaledActor<JournaledIslandEvent>
{
    // Answers to grants and pulls are local and quick; this is for those that got lost in a restart, and for neighbours behind in strict mode.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly IslandSettings _settings;
    private readonly HashSet<(CandidateId Candidate, Stage Stage)> _offered = [];
    private readonly HashSet<object> _asked = [];
    private readonly Dictionary<int, (int Epoch, IActorRef Asker)> _parked = [];
    private IslandState _state;

    public IslandActor(SearchContext context, IslandSettings settings)
        : base(context, context.IslandJournal(settings.Island), $"Island {settings.Island}")
    {
        _settings = settings;
        _state = Island.Initial(settings);
    }

    private sealed record AskAgain : INotInfluenceReceiveTimeout
    {
        public static AskAgain Instance { get; } = new();
    }

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(WorkforceEvents.BrokerStarted));
        base.PreStart();
    }

    protected override void Apply(JournaledIslandEvent happened) => _state = Island.Apply(_state, happened.Event);

    protected override object Snapshot() => IslandSnapshot.Of(_state);

    protected override void Restore(object snapshot) => _state = ((IslandSnapshot)snapshot).Restore(_settings);

    protected override void OnRecovered()
    {
        Contribute([.. _state.Hall.Members]);
        Peers.Search.Tell(new RunMessages.IslandReady(_settings.Island, _state.Budget.Grants));
        Timers.StartPeriodicTimer(AskAgain.Instance, AskAgain.Instance, s_patience);
        // A batch may have been cut short by a crash: what follows from the state is decided now.
        Persist(Island.Follow(_state), worker: null, then: null);
    }

    protected override void OnMessage(object message)
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
                Contribute([.. _state.Hall.Members]);
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
        var (now, before) = (Now, _state.Hall);
        Persist([.. events.Select(e => new JournaledIslandEvent(now, e is IslandEvent.Found ? worker : null, e))], () =>
        {
            then?.Invoke();
            if (!ReferenceEquals(_state.Hall, before))
            {
                // Who does not even enter the hall of this island would not enter the run's.
                Contribute([.. _state.Hall.Members.Except(before.Members)]);
            }

            Act();
        });
    }

    private void Contribute(ImmutableArray<Individual> individuals) => Peers.Fame.Tell(new FameMessages.Contribute(individuals));

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
            Stage.Refine => (JobKind.Refine, Peers.Refinement),
            Stage.Screen => (JobKind.Screen, Peers.Broker),
            _ => (JobKind.Train, Peers.Broker),
        };
        target.Tell(new BrokerMessages.Offer(new Job(new JobId(kind, assignment.Candidate), assignment.Expression, kind == JobKind.Train ? Peers.Replicates : 1) { Rungs = assignment.Rungs }));
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
            Peers.Search.Tell(question);
        }
    }

    // Who pulls before this island has reached the epoch waits.
    private void AnswerPulls()
    {
        foreach (var (requester, (epoch, asker)) in _parked)
        {
            if (Island.Emigrants(_state, epoch) is { } migrants)
            {
                _parked.Remove(requester);
                asker.Tell(new IslandMessages.Migrants(epoch, _settings.Island, migrants));
            }
        }
    }
}
