namespace LossActors.Studies.Table;

/// <summary>
/// The results table: every method on every task by independent searches of the real program; the winner of them is chosen on the validation part and meta-tested on the
/// test part. One file per cell, written as each search ends; what is there is not run again, and what was interrupted goes on.
/// </summary>
/// <param name="folder">Holds the cells, the table and its figure.</param>
/// <param name="searches">Independent searches per cell.</param>
/// <param name="seeds">Seeds per meta-test.</param>
/// <param name="program">Runs them.</param>
internal sealed class ResultsTable(string folder, int searches, int seeds, TableSearch program)
{
    /// <summary>Runs what is missing of some cells. A search that fails is told and left for the next time; it does not keep the others waiting.</summary>
    /// <returns>How many failed.</returns>
    public async Task<int> FillAsync(IEnumerable<TableTask> tasks, IReadOnlyCollection<TableMethod> methods, CancellationToken cancellation)
    {
        var failed = 0;
        foreach (var (task, method) in tasks.SelectMany(task => methods.Select(method => (task, method))))
        {
            var cell = Cell.Read(folder, task, method);
            foreach (var seed in Enumerable.Range(1, Math.Min(searches, method.MostSearches)).Except(cell.Searches.Select(s => s.Seed)))
            {
                if (Steps(task, method, seed) is not { IsKnown: true } steps)
                {
                    Console.WriteLine($"{task.Name}, {method.Name}, seed {seed}: waits for {method.Steps!.Value.Method}, whose training steps it takes a share of");
                    continue;
                }

                try
                {
                    cell = cell with { Searches = [.. cell.Searches.Append(await SearchAsync(task, method, seed, steps.Most, cancellation)).OrderBy(s => s.Seed)] };
                    cell.Write(folder);
                }
                catch (StudyException e)
                {
                    failed++;
                    Console.WriteLine($"{task.Name}, {method.Name}, seed {seed}: {e.Message}");
                }
            }
        }

        return failed;
    }

    private async Task<CellSearch> SearchAsync(TableTask task, TableMethod method, int seed, long? steps, CancellationToken cancellation)
    {
        var run = await program.RunAsync(task, method, seed, steps, cancellation);
        var best = run.HallOfFame.FirstOrDefault();
        var test = best is null ? null : await program.TestAsync(run, seeds, cancellation);
        var search = new CellSearch
        {
            Seed = seed,
            Run = run.Run,
            Evaluations = run.Evaluations,
            Trained = run.Trained,
            TrainingSteps = run.TrainingSteps,
            Seconds = run.ElapsedSeconds,
            Loss = best is null ? null : LossText.Of(best),
            SearchFitness = best?.SearchFitness,
            Validation = best?.Replicates ?? (method == TableMethod.Baseline ? run.Baseline!.Replicates : []),
            Test = test,
        };
        var outcome = test is null ? "no learned loss to test" : FormattableString.Invariant(
            $"test {test.Learned.Mean().Mean:F5} against {test.Baseline.Mean().Mean:F5}  {LossText.Short(search.Loss!)}");
        Console.WriteLine(FormattableString.Invariant(
            $"{task.Name}, {method.Name}, seed {seed}: {search.TrainingSteps} steps, validation {search.ValidationError:F5}, {outcome}"));
        return search;
    }

    private (bool IsKnown, long? Most) Steps(TableTask task, TableMethod method, int seed)
    {
        if (method.Steps is not { } share)
        {
            return (true, null);
        }

        var other = Cell.Read(folder, task, TableMethod.All.Single(m => m.Name == share.Method)).Searches.FirstOrDefault(s => s.Seed == seed);
        return (other is not null, (long?)(share.Share * other?.TrainingSteps));
    }
}
