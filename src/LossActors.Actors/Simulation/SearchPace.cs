using LossActors.Actors.Experiments;
using LossActors.Actors.Islands;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
using LossActors.Evolution.Islands;

namespace LossActors.Actors.Simulation;

/// <summary>How a real search went, by its journal, in the same steady state and the same words as <see cref="SimulationReport"/>.</summary>
/// <param name="Candidates">Verdicts.</param>
/// <param name="CandidatesPerSecond">Verdicts per second.</param>
/// <param name="StalenessBirths">How many births an island had proposed after a candidate when it had the candidate's verdict.</param>
/// <param name="StalenessSeconds">From the decision to propose a candidate to its verdict, in seconds.</param>
public sealed record SearchPace(int Candidates, double CandidatesPerSecond, Spread StalenessBirths, Spread StalenessSeconds)
{
    /// <summary>Reads it. A pause or a restart in the middle counts as slowness.</summary>
    /// <exception cref="SimulationException">The run has no islands, or hardly a candidate.</exception>
    public static SearchPace Of(Database database, RunDetails run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Experiment.Search.Method != SearchMethod.Evolution)
        {
            throw new SimulationException($"run {run.Run} has no islands: only searches that evolve losses have a pace");
        }

        using var journal = new JournalReader(database);
        var verdicts = Enumerable.Range(0, run.Experiment.Search.Islands).SelectMany(island => Verdicts(journal, new JournalId(run.Run, island))).OrderBy(v => v.At).ToList();
        if (verdicts.Count < 10)
        {
            throw new SimulationException($"run {run.Run} has {verdicts.Count} candidates; its pace needs at least 10");
        }

        var (from, to) = SteadyState.Of(verdicts.Count);
        var steady = verdicts[from..to];
        return new(
            verdicts.Count,
            (to - from) / (verdicts[to - 1].At - verdicts[from - 1].At).TotalSeconds,
            Spread.Of([.. steady.Select(v => (double)v.Births)]),
            Spread.Of([.. steady.Select(v => v.Passed.TotalSeconds)]));
    }

    private static List<(DateTimeOffset At, int Births, TimeSpan Passed)> Verdicts(JournalReader journal, JournalId island)
    {
        List<(DateTimeOffset At, int Births, TimeSpan Passed)> verdicts = [];
        Dictionary<int, DateTimeOffset> proposedAt = [];
        var proposed = 0;
        foreach (var journaled in journal.Rows(island.ToString(), after: 0, until: long.MaxValue).SelectMany(row => JournaledIslandEvents.In(row.Row)))
        {
            switch (journaled.Event)
            {
                case IslandEvent.Proposed e:
                    proposed = e.Birth;
                    proposedAt.Add(e.Birth, journaled.At);
                    break;
                case IslandEvent.Judged { Judgement.Candidate.Birth: var birth }:
                    proposedAt.Remove(birth, out var at);
                    verdicts.Add((journaled.At, proposed - birth, journaled.At - at));
                    break;
            }
        }

        return verdicts;
    }
}
