using System.Text.Json;
using Akka.Actor;
using LossActors.Actors.Control;
using LossActors.Actors.Experiments;
using LossActors.Actors.Hosting;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
using LossActors.Actors.Runs;
using LossActors.Actors.Serialization;
using LossActors.Actors.Tests.Databases;
using LossActors.Evolution.Islands;
using LossActors.Expressions.Known;
using Xunit;

namespace LossActors.Actors.Tests.Runs;

/// <summary>Runs small searches with a synthetic workplace on a real database: SQLite in a temporary folder, or PostgreSQL.</summary>
public abstract class SearchTest(SharedPostgres? postgres = null) : IDisposable
{
    private protected TempFolder Folder { get; } = new(postgres?.Server);

    private protected Database Database => Folder.Database;

    public virtual void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static Experiment Small(bool strict = false, int evaluations = 60, bool racing = false) => new()
    {
        Name = "small",
        Search = new SearchSettings
        {
            Islands = 3,
            Evaluations = evaluations,
            Finalists = 3,
            FinalReplicates = 2,
            BaselineLearningRates = [0.1, 1],
            Island = new IslandSettings
            {
                Seed = 7, Strict = strict, Population = 8, Window = 4, MigrationInterval = 5, Refinement = RefinementPolicy.All, Racing = new() { Enabled = racing, WarmUp = 2 },
            },
        },
    };

    private protected SearchNodeOptions Options(Experiment experiment, string run = "r1", int slots = 3, bool resume = false, string hash = "data") => new()
    {
        Folder = Folder.Data,
        Database = Database,
        Run = run,
        Experiment = experiment,
        Resume = resume,
        Workplace = new SyntheticWorkplace(slots),
        Inspect = _ => new TaskFacts(hash, "error-rate") { Prediction = Prediction.Distribution, Classes = 10 },
    };

    private protected static async Task<RunOutcome> Finish(SearchNode node)
    {
        // For a search that hangs; a crowded machine is no reason to fail.
        var outcome = await node.Completion.WaitAsync(TimeSpan.FromMinutes(5));
        await node.DisposeAsync();
        return outcome;
    }

    /// <summary>Runs to the end; returns the hall of fame with every digit.</summary>
    private protected static async Task<string> RunToEnd(SearchNodeOptions options)
    {
        var node = await SearchNode.StartAsync(options);
        Assert.Equal("completed", (await Finish(node)).State);
        using var reader = RecordReader.Open(options.Database);
        return JsonSerializer.Serialize(reader.Show(options.Run).HallOfFame, WireJson.Options);
    }

    /// <summary>Reads progress until so many candidates were acknowledged, and returns their ids.</summary>
    private protected static async Task<List<string>> Acknowledged(SearchNode node, int count)
    {
        var ids = new List<string>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (ids.Count < count && await node.Progress.WaitToReadAsync(patience.Token))
        {
            while (ids.Count < count && node.Progress.TryRead(out var progress))
            {
                if (progress is SearchProgress.CandidateJudged judged)
                {
                    ids.Add(judged.Candidate.Id);
                }
            }
        }

        return ids;
    }

    /// <summary>Requires that the run follows from its own record.</summary>
    private protected void AssertVerified()
    {
        var verification = RunVerifier.Verify(Database, "r1");
        Assert.True(verification.Agrees, string.Join('\n', verification.Differences));
    }

    /// <summary>As near to a kill as one process allows: no shutdown hook runs, whatever was being written is cut.</summary>
    private protected static async Task Abort(SearchNode node)
    {
        ((ExtendedActorSystem)node.System).Abort();
        await node.System.WhenTerminated.WaitAsync(TimeSpan.FromSeconds(20));
        await node.DisposeAsync();
    }
}
