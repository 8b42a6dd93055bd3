using LossActors.Actors.Experiments;
using System.Collections.Concurrent;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Racing;
using LossActors.Expressions;
using LossActors.Expressions.Canonical;
using LossActors.Learning.Laboratory;

namespace LossActors.Studies;

/// <summary>Runs one search to its end, by evaluations or by trained candidates, and re-measures its finalists.</summary>
internal sealed class Search(Experiment experiment, BenchCrew crew)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    /// <summary>A search with the experiment's budget of evaluations.</summary>
    public SearchOutcome Evolve(ulong seed) => Finish(Run(seed));

    /// <summary>The best distinct losses of such a search, as its fitness ranks them.</summary>
    public IReadOnlyList<Expression> Elites(ulong seed, int count) => [.. Best(Run(seed), count).Select(i => i.Expression)];

    /// <summary>Random trees through the same gates until as many were trained.</summary>
    public SearchOutcome DrawAtRandom(ulong seed, int trained)
    {
        var islands = new Archipelago(experiment, seed, random: true);
        while (islands.Trained < trained)
        {
            islands.Grant(25);
            Drive(islands);
        }

        var last = islands.Judged.Where(j => j.IsTrained).ElementAt(trained - 1);
        return Finish(islands.Judged[..(islands.Judged.IndexOf(last) + 1)]);
    }

    /// <summary>The task loss at one learning rate, on the finalists' fresh replicates.</summary>
    public double Baseline(double learningRate) =>
        Measure([bench => bench.TrainBaseline([learningRate], experiment.Protocol.Replicates, experiment.Search.FinalReplicates)[0]])[0];

    private List<JudgedLoss> Run(ulong seed)
    {
        var islands = new Archipelago(experiment, seed, random: false);
        islands.Grant(experiment.Search.Evaluations / experiment.Search.Islands);
        islands.Grant(0);
        Drive(islands);
        return islands.Judged;
    }

    private static List<Individual> Best(List<JudgedLoss> judged, int count) =>
        [.. judged.Where(j => j.IsTrained).Select(j => j.Individual).OrderBy(i => i, Individual.Best).DistinctBy(i => ExpressionKey.Exact(i.Expression)).Take(count)];

    private void Drive(Archipelago islands)
    {
        using var arrived = new SemaphoreSlim(0);
        var findings = new ConcurrentQueue<(Assignment, Finding)>();
        var running = 0;
        while (true)
        {
            foreach (var assignment in islands.TakeWork())
            {
                running++;
                crew.Add(
                    bench => assignment.Stage switch
                    {
                        Stage.Refine => bench.Refine(assignment.Expression),
                        Stage.Screen => bench.Screen(assignment.Expression),
                        _ => bench.Train([new Entrant(assignment.Expression) { Rungs = assignment.Rungs }], 0, experiment.Protocol.Replicates)[0],
                    },
                    finding =>
                    {
                        findings.Enqueue((assignment, finding));
                        arrived.Release();
                    });
            }

            if (running == 0)
            {
                return;
            }

            if (!arrived.Wait(s_patience))
            {
                throw new TimeoutException($"No finding for {s_patience}.");
            }

            findings.TryDequeue(out var found);
            running--;
            islands.Report(found.Item1, found.Item2);
        }
    }

    private SearchOutcome Finish(List<JudgedLoss> judged)
    {
        var finalists = Best(judged, experiment.Search.Finalists);
        var errors = Measure([.. finalists.Select(finalist => (Func<Bench, Finding>)(bench =>
            bench.Train(finalist.Expression, experiment.Protocol.Replicates, experiment.Search.FinalReplicates)))]);
        var winner = Enumerable.Range(0, finalists.Count).MinBy(i => (errors[i], finalists[i].Complexity));
        return new SearchOutcome(judged, finalists[winner], errors[winner], finalists[0].Fitness);
    }

    /// <summary>Means over fresh replicates; +∞ where training failed.</summary>
    private double[] Measure(List<Func<Bench, Finding>> trainings)
    {
        var errors = new double[trainings.Count];
        using var done = new CountdownEvent(trainings.Count);
        for (var i = 0; i < trainings.Count; i++)
        {
            var index = i;
            crew.Add(trainings[index], finding =>
            {
                errors[index] = finding is Finding.Trained trained ? trained.Fitness : double.PositiveInfinity;
                done.Signal();
            });
        }

        done.Wait();
        return errors;
    }
}
