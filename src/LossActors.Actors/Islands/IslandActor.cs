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
/// <remarks>
/// Commands are decided on together, one after the other as if each had come alone, and journaled as one row: those that came while the row before was being
/// written, and have waited for that anyway. So a row holds more the busier the island is, and an idle one does not wait for company.
/// </remarks>
internal sealed class IslandActor : JournaledActor<IJournaled>
{
    // Answers to grants and pulls are local and quick; this is for those that got lost in a restart, and for neighbours behind in strict mode.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    // Who restarts says so; this is for offers that were lost on the way to another node.
    private static readonly TimeSpan s_longPatience = TimeSpan.FromSeconds(10);

    private readonly IslandSettings _settings;
    private readonly HashSet<(CandidateId Candidate, Stage Stage)> _offered = [];
    private readonly HashSet<object> _asked = [];
    private readonly Dictionary<int, (int Epoch, IActorRef Asker)> _parked = [];
    private readonly List<Pending> _pending = [];
    private IslandState _state;

    public IslandActor(SearchContext context, IslandSettings settings)
        : base(context, context.IslandJournal(settings.Island), $"Island {settings.Island}")
    {
        _settings = settings;
        _state = Island.Initial(settings);
    }

    /// <summary>An island under a back-off, which starts it again when a failed write has stopped it.</summary>
    public static Props Props(SearchContext context, IslandSettings settings) => Backoff.Guarded(Akka.Actor.Props.Create(() => new IslandActor(context, settings)));

    private sealed record AskAgain : INotInfluenceReceiveTimeout
    {
        public static AskAgain Instance { get; } = new();
    }

    private sealed record OfferAgain : INotInfluenceReceiveTimeout
    {
        public static OfferAgain Instance { get; } = new();
    }

    private sealed record Decide
    {
        public static Decide Instance { get; } = new();
    }

    /// <summary>A command to be decided on, and what to do when it has been.</summary>
    private sealed record Pending(IslandCommand Command, string? Worker = null, Action? Then = null);

    protected override void Apply(IJournaled happened) =>
        _state = JournaledIslandEvents.In(happened).Aggregate(_state, (state, e) => Island.Apply(state, e.Event));

    protected override int Weigh(IJournaled row) => JournaledIslandEvents.In(row).Length;

    protected override long Size => _state.Proposed;

    protected override object Snapshot() => IslandSnapshot.Of(_state);

    protected override void Restore(object snapshot) => _state = ((IslandSnapshot)snapshot).Restore(_settings);

    protected override void OnRecovered()
    {
        Introduce();
        Timers.StartPeriodicTimer(AskAgain.Instance, AskAgain.Instance, s_patience);
        Timers.StartPeriodicTimer(OfferAgain.Instance, OfferAgain.Instance, s_longPatience);
        // A batch may have been cut short by a crash: what follows from the state is decided now.
        var (events, after) = Island.Advance(_state);
        Persist([.. events.Select(e => new JournaledIslandEvent(Now, null, e))], after, []);
    }

    protected override void OnMessage(object message)
    {
        switch (message)
        {
            case BrokerMessages.Done done:
                Receive(done, Sender);
                break;
            case IslandMessages.Granted granted:
                Take(new(new IslandCommand.Grant(granted.Number, granted.Births)));
                break;
            case IslandMessages.Withdraw:
                Take(new(new IslandCommand.Withdraw()));
                break;
            case IslandMessages.Migrants migrants:
                Take(new(new IslandCommand.Admit(migrants.Epoch, migrants.From, migrants.Individuals)));
                break;
            case IslandMessages.Amend amend:
                Take(new(new IslandCommand.Amend(amend.Revision, amend.Settings), Then: Present));
                break;
            case IslandMessages.Inject inject:
                Take(new(new IslandCommand.Inject(inject.Number, inject.Expression), Then: Present));
                break;
            case IslandMessages.PullMembers pull:
                Sender.Tell(new IslandMessages.Members(pull.From, Island.Members(_state)));
                break;
            case IslandMessages.Members members:
                Take(new(new IslandCommand.Settle(members.From, members.Individuals)));
                break;
            case Decide:
                DecideOnAll();
                break;
            case IslandMessages.PullMigrants pull:
                _parked[pull.Requester] = (pull.Epoch, Sender);
                AnswerPulls();
                break;
            case IslandMessages.SayAgain:
                Introduce();
                _asked.Clear();
                _offered.Clear();
                Act();
                break;
            case AskAgain:
                _asked.Clear();
                Ask();
                break;
            case OfferAgain:
                _offered.Clear();
                Act();
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
        Take(new(
            new IslandCommand.Report(done.Job.Candidate, stage, done.Finding),
            done.Worker,
            () => from.Tell(new BrokerMessages.Acknowledge(done.Job))));
    }

    private void Take(Pending pending)
    {
        _pending.Add(pending);
        if (_pending.Count == 1)
        {
            Self.Tell(Decide.Instance);
        }
    }

    private void DecideOnAll()
    {
        var (now, after) = (Now, _state);
        var happened = ImmutableArray.CreateBuilder<JournaledIslandEvent>();
        foreach (var pending in _pending)
        {
            (var events, after) = Island.Advance(after, pending.Command);
            happened.AddRange(events.Select(e => new JournaledIslandEvent(now, e is IslandEvent.Found ? pending.Worker : null, e)));
        }

        ImmutableArray<Pending> decided = [.. _pending];
        _pending.Clear();
        Persist(happened.DrainToImmutable(), after, decided);
    }

    private void Persist(ImmutableArray<JournaledIslandEvent> events, IslandState after, ImmutableArray<Pending> decided)
    {
        if (events.IsEmpty)
        {
            Finish();
        }
        else
        {
            var (before, stagnations) = (_state.Hall, _state.Stagnations);
            Persist(new JournaledIslandEvents(events), () => _state = after, () =>
            {
                if (!ReferenceEquals(_state.Hall, before))
                {
                    // Who does not even enter the hall of this island would not enter the run's.
                    Contribute([.. _state.Hall.Members.Except(before.Members)]);
                }

                if (_state.Stagnations > stagnations)
                {
                    Present();
                }

                Finish();
            });
        }

        void Finish()
        {
            foreach (var pending in decided)
            {
                pending.Then?.Invoke();
            }

            Act();
        }
    }

    private void Introduce()
    {
        Contribute([.. _state.Hall.Members]);
        Present();
    }

    private void Present() => Peers.Search.Tell(new RunMessages.IslandReady(_settings.Island, _state.Budget.Grants, _state.Revision, _state.Injections, _state.Stagnations));

    private void Contribute(ImmutableArray<Individual> individuals) => Peers.Fame.Tell(new FameMessages.Contribute(individuals) { Tasks = _state.Settings.Tasks });

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
        target.Tell(new BrokerMessages.Offer(new Job(new JobId(kind, assignment.Candidate), assignment.Expression, kind == JobKind.Train ? Peers.Replicates : 1)
        {
            Rungs = assignment.Rungs, Tasks = _state.Settings.Tasks,
        }));
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

        if (Island.MembersNeeded(_state) is { } source)
        {
            AskOnce(new IslandMessages.PullMembers(source, _settings.Island));
        }

        foreach (var (epoch, from) in Island.PullsNeeded(_state))
        {
            AskOnce(new IslandMessages.PullMigrants(from, epoch, _settings.Island));
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
            if (Island.Emigrants(_state, epoch, requester) is { } migrants)
            {
                _parked.Remove(requester);
                asker.Tell(new IslandMessages.Migrants(epoch, _settings.Island, migrants));
            }
        }
    }
}
