using System.Collections.Immutable;
using LossActors.Actors.Experiments;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;

namespace LossActors.Actors.Simulation;

/// <summary>Takes the workload of a recorded run from its journal, which has every finding with its time.</summary>
public static class WorkloadReader
{
    // Of fewer a distribution is a guess.
    private const int Fewest = 20;

    /// <summary>Reads it. Findings of jobs that failed are left out.</summary>
    /// <param name="database">Where the run is.</param>
    /// <param name="run">Its details.</param>
    /// <exception cref="SimulationException">The run has no islands, or trained too little to tell.</exception>
    public static Workload Read(Database database, RunDetails run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Experiment.Search.Method != SearchMethod.Evolution)
        {
            throw new SimulationException($"run {run.Run} has no islands: only searches that evolve losses can be simulated");
        }

        var screens = ImmutableArray.CreateBuilder<ScreenSample>();
        var trainings = ImmutableArray.CreateBuilder<TrainingSample>();
        var refinements = ImmutableArray.CreateBuilder<double>();
        var (equivalent, refined, unchanged, elites) = (0, 0, 0, 0);
        using var journal = new JournalReader(database);
        for (var island = 0; island < run.Experiment.Search.Islands; island++)
        {
            HashSet<int> tuned = [];
            foreach (var (_, happened) in journal.IslandEvents(new JournalId(run.Run, island)))
            {
                switch (happened)
                {
                    case IslandEvent.Found { Finding: Finding.Screened f }:
                        screens.Add(new(f.Gate, f.Seconds));
                        break;
                    case IslandEvent.Found { Finding: Finding.Trained f }:
                        trainings.Add(new(f.Seconds, f.Steps, f.SavedSteps, !double.IsFinite(f.Fitness)));
                        break;
                    case IslandEvent.Found { Finding: Finding.Refined f }:
                        refinements.Add(f.Seconds);
                        break;
                    case IslandEvent.Proposed { Origin: Origin.Refinement } e:
                        tuned.Add(e.Birth);
                        break;
                    case IslandEvent.Judged { Judgement: var j } when tuned.Contains(j.Candidate.Birth):
                        refined++;
                        unchanged += j.Verdict == Verdict.Duplicate ? 1 : 0;
                        break;
                    case IslandEvent.Judged { Judgement.Verdict: Verdict.Trained }:
                        elites++;
                        break;
                    case IslandEvent.Judged { Judgement.Verdict: Verdict.Equivalent }:
                        equivalent++;
                        break;
                }
            }
        }

        var passed = screens.Count(s => s.Gate == Gate.Passed);
        return trainings.Count < Fewest || passed == 0
            ? throw new SimulationException($"run {run.Run} has trained {trainings.Count} candidates; a simulation needs the durations of at least {Fewest}")
            : new(run.Run, screens.ToImmutable(), trainings.ToImmutable(), refinements.ToImmutable(), (double)equivalent / passed)
            {
                Elites = Math.Min(1, (double)refined / Math.Max(1, elites)),
                Unchanged = (double)unchanged / Math.Max(1, refined),
                Capacity = new(
                    Screen: Math.Min(64, run.Experiment.Evaluation.LargestCohort),
                    Train: Math.Min(32, run.Experiment.Evaluation.LargestCohort),
                    Refine: Math.Min(32, run.Experiment.Evaluation.LargestCohort)),
            };
    }
}
