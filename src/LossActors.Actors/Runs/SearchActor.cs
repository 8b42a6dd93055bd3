using Akka.Actor;
using LossActors.Actors.Control;
using LossActors.Actors.Fame;
using LossActors.Actors.Hosting;
using LossActors.Actors.Islands;
using LossActors.Actors.Persistence;
using LossActors.Actors.Protocol;
using LossActors.Actors.Record;
using LossActors.Actors.Refinement;

namespace LossActors.Actors.Runs;

/// <summary>
/// The root of a search: makes its actors, keeps each journaled one under a back-off (a failed write always stops its actor), and passes messages
/// between the run and the islands, so that none of them need know another's address, and passes on what islands on other nodes say to broker, hall of fame and record.
/// </summary>
internal sealed class SearchActor : UntypedActor, IWithTimers
{
    private const int HopelessStarts = 4;
    private const int HopelessLooks = 4;

    private readonly SearchSetup _setup;
    private readonly RunOpening _opening;
    private SearchContext _context = null!;
    private IIslands _islands = null!;
    private IActorRef _run = ActorRefs.Nobody;
    private IActorRef _control = ActorRefs.Nobody;
    private string? _obstacle;
    private int _hopeless;

    public SearchActor(SearchSetup setup, RunOpening opening) => (_setup, _opening) = (setup, opening);

    public ITimerScheduler Timers { get; set; } = null!;

    private sealed record Look : INotInfluenceReceiveTimeout
    {
        public static Look Instance { get; } = new();
    }

    protected override void PreStart()
    {
        string[] journals = [.. Enumerable.Range(0, _opening.Experiment.Search.IslandsAtWork).Select(i => new JournalId(_setup.Run, i).ToString()), new JournalId(_setup.Run).ToString()];
        _context = new SearchContext(
            _setup.Run,
            _opening.Experiment.Protocol.Replicates,
            _setup.Time,
            _setup.Progress,
            _setup.Broker,
            Context.ActorOf(Props.Create(() => new RefinementActor(_setup.Broker)), "refinement"),
            Context.ActorOf(Props.Create(() => new FameActor(_setup.Progress)), "hall-of-fame"),
            Context.ActorOf(Props.Create(() => new RecordProjection(_setup.Database, _setup.Run, journals, _setup.Progress)), "record"),
            Self);
        _islands = _setup.Region is { } region ? new ShardedIslands(region) : new LocalIslands(Context, _context);
        _run = Context.ActorOf(Persistence.Backoff.Guarded(Props.Create(() => new RunActor(_context, _opening))), "run");
        _control = Context.ActorOf(Props.Create(() => new ControlActor(_setup.Database.Channel(_setup.Run), _setup.Run, Self)), "control");
        Context.System.EventStream.Subscribe(Self, typeof(WorkforceEvents.BrokerStarted));
        Context.System.EventStream.Subscribe(Self, typeof(WorkforceEvents.ProcessEnded));
        Context.System.EventStream.Subscribe(Self, typeof(WorkforceEvents.ProcessNotStarted));
        Context.System.EventStream.Subscribe(Self, typeof(WorkforceEvents.SlotRefused));
        Timers.StartPeriodicTimer(Look.Instance, Look.Instance, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RunMessages.Ready ready:
                Begin(ready.State);
                break;
            case RunMessages.Amended amended:
                Follow(amended.State);
                break;
            case RunMessages.Drain drain:
                NodeStatuses.Dismiss(Context, drain.Node);
                break;
            case RunMessages.Over over:
                _context.Record.Tell(new RecordMessages.CatchUp(over));
                break;
            case RecordMessages.CaughtUp { Until: RunMessages.Over over }:
                _setup.Opened.TrySetResult();
                _setup.Ended.TrySetResult(over);
                break;
            case RecordMessages.CaughtUp:
                _setup.Opened.TrySetResult();
                break;
            case IslandMessages.ToIsland one:
                _islands.Tell(one.Island, one.Message, Sender);
                break;
            case IslandMessages.ToAll all:
                _islands.TellAll(all.Message, Sender);
                break;
            case IslandMessages.PullMembers pull:
                _islands.Tell(pull.From, pull, Sender);
                break;
            case IslandMessages.PullMigrants pull:
                _islands.Tell(pull.From, pull, Sender);
                break;
            case WorkforceEvents.BrokerStarted:
                _islands.TellAll(new IslandMessages.SayAgain(), Self);
                break;
            case BrokerMessages.Offer { Job.Id.Kind: JobKind.Refine }:
                _context.Refinement.Forward(message);
                break;
            case BrokerMessages.Offer:
                _setup.Broker.Forward(message);
                break;
            case FameMessages.Contribute:
                _context.Fame.Forward(message);
                break;
            case RecordMessages.Advanced:
                _context.Record.Forward(message);
                break;
            case Look:
                _setup.Broker.Tell(new BrokerMessages.GetWorkforce());
                break;
            case BrokerMessages.Workforce workforce:
                Report(workforce);
                break;
            case RunMessages.GrantWanted or RunMessages.IslandReady or RunMessages.IslandFinished
                or RunMessages.Amend or RunMessages.Pause or RunMessages.Resume or RunMessages.Stop or RunMessages.Cancel or RunMessages.Fail:
                _run.Forward(message);
                break;
            case WorkforceEvents.ProcessEnded ended:
                _obstacle = ended.InARow >= HopelessStarts ? $"evaluator processes end as soon as they start (exit code {ended.ExitCode}); {ended.Log} says why" : _obstacle;
                Trouble($"Evaluator process {ended.Pid} ended with exit code {ended.ExitCode} and is started again; its last words are in {ended.Log}.");
                break;
            case WorkforceEvents.ProcessNotStarted missing:
                _obstacle = $"no evaluator process could be started: {missing.Reason}";
                Trouble($"An evaluator process could not be started: {missing.Reason}");
                break;
            case WorkforceEvents.SlotRefused refused:
                _obstacle = refused.Reason;
                Trouble($"{refused.Slot} on {refused.Host} cannot work: {refused.Reason}");
                break;
        }
    }

    private void Begin(RunState state)
    {
        Follow(state);
        _islands.TellAll(new IslandMessages.SayAgain(), Self);
        _context.Record.Tell(new RecordMessages.CatchUp(state));
    }

    private void Follow(RunState state)
    {
        foreach (var island in Enumerable.Range(0, state.Grants.Length))
        {
            _context.Record.Tell(new RecordMessages.Follow(_context.IslandJournal(island)));
        }

        _islands.Begin(state.Founding);
    }

    private void Report(BrokerMessages.Workforce workforce)
    {
        // Patience: other processes may still be on their way, and one that dies now and then is started again.
        _hopeless = _obstacle is not null && workforce.Slots.All(s => s.State == "refused") ? _hopeless + 1 : 0;
        if (_hopeless >= HopelessLooks)
        {
            _setup.Stuck.TrySetResult(_obstacle!);
        }

        _setup.Progress.TryWrite(new SearchProgress.WorkforceChanged(workforce));
        _control.Tell(new RunStatus(
            Environment.ProcessId,
            _setup.Time.GetUtcNow(),
            [.. workforce.Slots.GroupBy(s => (s.Pid, s.Device)).Select(g => new EvaluatorStatus(g.Key.Pid, g.Key.Device, StateOf(g)) { Node = NodeOf(g.First().Slot) })],
            workforce.Waiting,
            workforce.Leased)
        {
            Nodes = NodeStatuses.Of(Context.System),
        });
    }

    // A slot is named after its node.
    private static string NodeOf(string slot) => slot[..Math.Max(0, slot.LastIndexOf('/'))];

    // A process with several slots is as busy as its busiest.
    private static string StateOf(IEnumerable<BrokerMessages.SlotStatus> slots)
    {
        var states = slots.Select(s => s.State).ToHashSet(StringComparer.Ordinal);
        return states.Contains("busy") ? "busy" : states.First();
    }

    private void Trouble(string message) => _setup.Progress.TryWrite(new SearchProgress.Trouble(message));
}
