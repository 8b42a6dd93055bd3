using System.Collections.Immutable;
using LossActors.Actors.Experiments;
using LossActors.Actors.Runs;

namespace LossActors.Actors.Simulation;

/// <summary>The run, as far as it hands out the budget: each grant is journaled before it is sent, as <see cref="RunActor"/> does it.</summary>
/// <param name="search">The search.</param>
/// <param name="mailbox">The run actor's.</param>
/// <param name="journal">The search's.</param>
/// <param name="service">What a message takes.</param>
internal sealed class SimulatedRun(SearchSettings search, Mailbox mailbox, SimulatedJournal journal, ServiceTimes service)
{
    private RunState _state = RunState.Of(new RunEvent.Started(
        default, "simulated", new Experiment { Name = "simulated", Search = search }, DataHash: "", Metric: "", ImmutableSortedDictionary<string, string>.Empty));

    /// <summary>An island asks for its next grant.</summary>
    /// <param name="island">Which.</param>
    /// <param name="number">The grant's number.</param>
    /// <param name="granted">Told how many births it has.</param>
    public void Grant(int island, int number, Action<int> granted) => mailbox.Tell(TimeSpan.FromSeconds(service.Dispatch), () =>
    {
        if (number == _state.Grants[island].Length + 1)
        {
            var births = _state.NextGrant(island);
            _state = _state.Apply(new RunEvent.BudgetGranted(default, island, number, births));
            journal.Write(1, () => granted(births));
        }
    });
}
