using LossActors.Actors.Islands;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;

namespace LossActors.Actors.Simulation;

/// <summary>
/// An island of the search: the real aggregate in a shell that works as <see cref="IslandActor"/> does. It decides on all commands that have come together, journals what
/// follows as one row, and acts when that is durable; meanwhile commands wait.
/// </summary>
internal sealed class SimulatedIsland(SimulatedSearch search, IslandSettings settings)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longPatience = TimeSpan.FromSeconds(10);

    private readonly List<(IslandCommand Command, JobId? Acknowledge)> _commands = [];
    private readonly Dictionary<(CandidateId Candidate, Stage Stage), Assignment> _offered = [];
    private readonly HashSet<object> _asked = [];
    private readonly Dictionary<int, TimeSpan> _proposedAt = [];
    private bool _busy;

    /// <summary>What it is now.</summary>
    public IslandState State { get; private set; } = Island.Initial(settings);

    /// <summary>It recovers, which is nothing for a new island, and asks for births.</summary>
    public void Begin()
    {
        Ask();
        AskAgain();
        OfferAgain();
    }

    /// <summary>A job's answer.</summary>
    public void Receive(BrokerMessages.Done done)
    {
        var stage = done.Job.Kind switch
        {
            JobKind.Refine => Stage.Refine,
            JobKind.Screen => Stage.Screen,
            _ => Stage.Train,
        };
        Take(new IslandCommand.Report(done.Job.Candidate, stage, done.Finding), done.Job);
    }

    private void Take(IslandCommand command, JobId? acknowledge = null)
    {
        _commands.Add((command, acknowledge));
        if (!_busy)
        {
            Decide();
        }
    }

    private void Decide()
    {
        _busy = true;
        var batch = _commands.ToArray();
        _commands.Clear();
        var each = search.Service.Command + ((State.Proposed - State.Judged) * search.Service.CommandInFlight);
        search.Machine.Run(TimeSpan.FromSeconds(batch.Length * each), () =>
        {
            var after = State;
            List<IslandEvent> events = [];
            foreach (var (command, _) in batch)
            {
                (var happened, after) = Island.Advance(after, command);
                events.AddRange(happened);
            }

            Observe(events);
            if (events.Count == 0)
            {
                Act(batch, after, events);
            }
            else
            {
                search.Journal.Write(events.Count, () => Act(batch, after, events));
            }
        });
    }

    private void Observe(List<IslandEvent> events)
    {
        var proposed = State.Proposed;
        foreach (var happened in events)
        {
            switch (happened)
            {
                case IslandEvent.Proposed e:
                    proposed = e.Birth;
                    _proposedAt.Add(e.Birth, search.Time.Now);
                    break;
                case IslandEvent.Judged { Judgement.Candidate.Birth: var birth }:
                    _proposedAt.Remove(birth, out var at);
                    search.Observations.Judged(proposed - birth, search.Time.Now - at);
                    break;
            }
        }
    }

    private void Act((IslandCommand Command, JobId? Acknowledge)[] batch, IslandState after, List<IslandEvent> events)
    {
        State = after;
        foreach (var (_, acknowledge) in batch)
        {
            if (acknowledge is { } job)
            {
                search.Broker.Acknowledge(job);
            }
        }

        Offer(events);
        Ask();
        _busy = false;
        if (_commands.Count > 0)
        {
            Decide();
        }
    }

    private void Offer(List<IslandEvent> events)
    {
        foreach (var found in events.OfType<IslandEvent.Found>())
        {
            _offered.Remove((new CandidateId(settings.Island, found.Birth), found.Stage));
        }

        foreach (var assignment in Owed(events))
        {
            if (_offered.TryAdd((assignment.Candidate, assignment.Stage), assignment))
            {
                Offer(assignment);
            }
        }
    }

    // Only strict mode, where births take turns, makes work of a birth that nothing has happened to. Else to look at all in flight each time would only take time.
    private IEnumerable<Assignment> Owed(List<IslandEvent> events) => settings.Strict
        ? Island.Outstanding(State)
        : events.Select(happened => happened switch { IslandEvent.Proposed e => e.Birth, IslandEvent.Found e => e.Birth, _ => 0 })
            .Select(birth => Island.Owed(State, birth)).OfType<Assignment>();

    private void Offer(Assignment assignment)
    {
        var (kind, owner) = assignment.Stage switch
        {
            // The refinement actor offers them in its own name.
            Stage.Refine => (JobKind.Refine, "refinement"),
            Stage.Screen => (JobKind.Screen, $"island-{settings.Island}"),
            _ => (JobKind.Train, $"island-{settings.Island}"),
        };
        search.Broker.Offer(owner, new Job(new JobId(kind, assignment.Candidate), assignment.Expression, kind == JobKind.Train ? search.Replicates : 1) { Rungs = assignment.Rungs });
    }

    private void Ask()
    {
        if (Island.GrantNeeded(State) is { } number && _asked.Add(number))
        {
            search.Run.Grant(settings.Island, number, births => Take(new IslandCommand.Grant(number, births)));
        }

        foreach (var (epoch, from) in Island.PullsNeeded(State))
        {
            if (_asked.Add((epoch, from)) && Island.Emigrants(search.Islands[from].State, epoch, settings.Island) is { } migrants)
            {
                search.Machine.Run(TimeSpan.FromSeconds(search.Service.Dispatch), () => Take(new IslandCommand.Admit(epoch, from, migrants)));
            }
        }
    }

    private void AskAgain() => Again(s_patience, () =>
    {
        _asked.Clear();
        Ask();
    });

    private void OfferAgain() => Again(s_longPatience, () =>
    {
        foreach (var assignment in _offered.Values)
        {
            Offer(assignment);
        }
    });

    private void Again(TimeSpan interval, Action action) => search.Time.After(interval, () =>
    {
        if (!State.IsFinished)
        {
            action();
            Again(interval, action);
        }
    });
}
