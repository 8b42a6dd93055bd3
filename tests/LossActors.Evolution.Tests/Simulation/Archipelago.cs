using System.Collections.Immutable;
using LossActors.Evolution.Islands;

namespace LossActors.Evolution.Tests.Simulation;

/// <summary>
/// Islands under a hostile scheduler: commands arrive in random order, some twice, some long after their time; processes crash and keep only
/// part of what was decided. Everything random here is decided by <paramref name="seed"/>, and none of it by the islands.
/// </summary>
internal sealed class Archipelago(ImmutableArray<IslandSettings> settings, ImmutableArray<int> births, IOracle oracle, int seed)
{
    /// <summary>All islands with as many births.</summary>
    public Archipelago(ImmutableArray<IslandSettings> settings, int births, IOracle oracle, int seed)
        : this(settings, [.. Enumerable.Repeat(births, settings.Length)], oracle, seed)
    {
    }

    private const int EventsPerSnapshot = 20;

    private readonly Random _random = new(seed);
    private readonly List<IslandCommand>[] _past = [.. settings.Select(_ => new List<IslandCommand>())];
    private readonly (int Events, IslandState State)[] _snapshots = [.. settings.Select(s => (0, Island.Initial(s)))];

    public double CrashRate { get; init; }

    /// <summary>A state as it comes back out of a snapshot; null: islands that crash replay their whole journal.</summary>
    public Func<IslandState, IslandState>? Snapshot { get; init; }

    /// <summary>Sees every command before it is sent, with the state that is to answer it.</summary>
    public Action<IslandState, IslandCommand>? Watch { get; init; }

    public double RepeatRate { get; init; } = 0.2;

    public IslandState[] States { get; } = [.. settings.Select(Island.Initial)];

    public List<IslandEvent>[] Journals { get; } = [.. settings.Select(_ => new List<IslandEvent>())];

    /// <summary>All islands' events in the order in which they happened.</summary>
    public List<IslandEvent> History { get; } = [];

    /// <summary>Runs until nothing is left to do.</summary>
    public Archipelago Run()
    {
        while (Choices().ToList() is { Count: > 0 } choices)
        {
            var (island, command) = choices[_random.Next(choices.Count)];
            Send(island, command);
            _past[island].Add(command);
            if (_random.NextDouble() < RepeatRate)
            {
                var other = _random.Next(States.Length);
                if (_past[other].Count > 0)
                {
                    Send(other, _past[other][_random.Next(_past[other].Count)]);
                }
            }
        }

        return this;
    }

    private IEnumerable<(int Island, IslandCommand Command)> Choices()
    {
        for (var i = 0; i < States.Length; i++)
        {
            var state = States[i];
            if (Island.GrantNeeded(state) is { } number)
            {
                yield return (i, NextGrant(i, number));
            }

            foreach (var assignment in Island.Outstanding(state))
            {
                yield return (i, new IslandCommand.Report(assignment.Candidate, assignment.Stage, oracle.Answer(assignment)));
            }

            foreach (var (epoch, from) in Island.PullsNeeded(state))
            {
                if (Island.Emigrants(States[from], epoch, i) is { } migrants)
                {
                    yield return (i, new IslandCommand.Admit(epoch, from, migrants));
                }
            }
        }
    }

    private IslandCommand.Grant NextGrant(int island, int number)
    {
        var granted = States[island].Budget.Granted;
        return new(number, Math.Min(births[island] - granted, 1 + _random.Next(births[island])));
    }

    private void Send(int island, IslandCommand command)
    {
        Watch?.Invoke(States[island], command);
        var events = Island.Decide(States[island], command);
        if (events.IsEmpty || _random.NextDouble() >= CrashRate)
        {
            Persist(island, events);
            return;
        }

        Persist(island, [.. events.Take(_random.Next(events.Length + 1))]);
        var (replayed, state) = _snapshots[island];
        States[island] = Journals[island].Skip(replayed).Aggregate(state, Island.Apply);
        Persist(island, Island.Follow(States[island]));
    }

    private void Persist(int island, ImmutableArray<IslandEvent> events)
    {
        Journals[island].AddRange(events);
        History.AddRange(events);
        States[island] = events.Aggregate(States[island], Island.Apply);
        if (Snapshot is not null && Journals[island].Count - _snapshots[island].Events >= EventsPerSnapshot)
        {
            _snapshots[island] = (Journals[island].Count, Snapshot(States[island]));
        }
    }
}
