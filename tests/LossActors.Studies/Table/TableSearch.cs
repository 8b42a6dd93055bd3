using System.Globalization;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;

namespace LossActors.Studies.Table;

/// <summary>One search of the table as an ordinary run of the program: found again by its name, resumed where it was interrupted, read from the record.</summary>
/// <param name="dataDir">The program's data folder.</param>
/// <param name="more"><c>KEY=VALUE</c>, over everything else: for trials of the table itself.</param>
internal sealed class TableSearch(string dataDir, IReadOnlyList<string> more)
{
    private const int Done = 0;
    private const int JustEnded = 1;
    private const int NoValidLoss = 3;
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
    private readonly SqliteDatabase _database = new(new DataFolder(dataDir));
    private readonly string[] _options = ["--data-dir", dataDir, "--progress", "none"];

    /// <summary>Brings a search to its end.</summary>
    /// <param name="task">What is learned.</param>
    /// <param name="method">By what.</param>
    /// <param name="seed">Seed of the search.</param>
    /// <param name="steps">Ends it at so many training steps; null: by its own budget.</param>
    /// <param name="cancellation">Interrupts it.</param>
    public async Task<RunDetails> RunAsync(TableTask task, TableMethod method, int seed, long? steps, CancellationToken cancellation)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"table-{task.Name}-{method.Name}-{seed}");
        while (Find(name) is not { State: "completed" })
        {
            var search = GoOnAsync(name, task, method, seed, cancellation);
            if (steps is { } most)
            {
                await StopAtAsync(name, most, search, cancellation);
            }

            await search;
        }

        using var reader = RecordReader.Open(_database);
        return reader.Show(Find(name)!.Run);
    }

    /// <summary>The winner on the test part, beside the task loss, both at learning rates tuned on the validation part.</summary>
    public async Task<TestResult> TestAsync(RunDetails run, int seeds, CancellationToken cancellation) => StudyJson.Read<TestResult>(
        await LossActorsProgram.RunAsync(["test", run.Run, "--seeds", $"{seeds}", "--tune", "both", "--json", "--data-dir", dataDir], [Done], cancellation));

    // Killed, this study leaves the process of its search behind, which ends it just as well.
    private Task GoOnAsync(string name, TableTask task, TableMethod method, int seed, CancellationToken cancellation) => Find(name) switch
    {
        null => LossActorsProgram.RunAsync(
            [
                "run", task.File, "--preset", method.Preset, "--name", name, "--seed", $"{seed}", .. _options,
                .. task.Settings().Concat(method.SettingsOn(task)).Concat(more).SelectMany(setting => new[] { "--set", setting }),
            ],
            [Done, NoValidLoss],
            cancellation),
        { State: "running" } => EndAsync(name, cancellation),
        var former => LossActorsProgram.RunAsync(["resume", former.Run, .. _options], [Done, NoValidLoss], cancellation),
    };

    private async Task EndAsync(string name, CancellationToken cancellation)
    {
        while (Find(name) is { State: "running" })
        {
            await Task.Delay(s_look, cancellation);
        }
    }

    // What runs is finished, so it ends a little above.
    private async Task StopAtAsync(string name, long steps, Task search, CancellationToken cancellation)
    {
        while (await Task.WhenAny(search, Task.Delay(s_look, cancellation)) != search)
        {
            if (Find(name) is { State: "running" } run && run.TrainingSteps >= steps)
            {
                await LossActorsProgram.RunAsync(["stop", run.Run, "--data-dir", dataDir], [Done, JustEnded], cancellation);
                return;
            }
        }
    }

    private RunSummary? Find(string name)
    {
        if (!_database.Exists)
        {
            return null;
        }

        using var reader = RecordReader.Open(_database);
        return reader.List().FirstOrDefault(run => run.Name == name && run.State is not ("cancelled" or "failed"));
    }
}
