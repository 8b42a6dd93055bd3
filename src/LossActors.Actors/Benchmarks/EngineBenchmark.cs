using System.Collections.Immutable;
using Akka.Actor;
using LossActors.Actors.Control;
using LossActors.Actors.Experiments;
using LossActors.Actors.Hosting;
using LossActors.Actors.Persistence;
using LossActors.Evolution.Islands;

namespace LossActors.Actors.Benchmarks;

/// <summary>
/// Times the engine itself: a real search with everything but training. Candidates go through islands, broker, leases, serializer, sockets, journal and record
/// on a SQLite database with full durability; then the search is cut as by a kill, and resumed.
/// </summary>
public sealed class EngineBenchmark(EngineBenchmarkOptions options, TimeProvider time)
{
    private const int Parts = 10;

    /// <summary>Runs it. Everything is kept in a folder that must not exist yet, and is left there.</summary>
    /// <param name="folder">Where the database is made: the disk that is to be measured.</param>
    /// <param name="say">Told, in one line each, how it goes on.</param>
    /// <param name="cancellation">Ends it early.</param>
    public async Task<EngineReport> RunAsync(DataFolder folder, Action<string> say, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(say);
        var marks = await SearchAsync(folder, say, cancellation).ConfigureAwait(false);
        var (recovered, proposed) = await ResumeAsync(folder, cancellation).ConfigureAwait(false);
        say($"resumed in {proposed:0.0} s");
        var (first, last) = (marks[1], marks[^1]);
        double Growth(Func<Mark, long> of) => (double)(of(last) - of(first)) / (last.Candidates - first.Candidates);
        return new EngineReport(
            last.Candidates,
            options.Islands,
            Rate(marks[0], last),
            [.. marks.Zip(marks.Skip(1), Rate)],
            (last.Processor - first.Processor).TotalSeconds / (last.Candidates - first.Candidates),
            Growth(m => m.Managed),
            Growth(m => m.Resident),
            (double)new FileInfo(folder.Database).Length / last.Candidates,
            recovered,
            proposed);
    }

    private async Task<ImmutableArray<Mark>> SearchAsync(DataFolder folder, Action<string> say, CancellationToken cancellation)
    {
        var workplace = new LoopbackWorkplace(options.Slots);
        await using var disposal = workplace.ConfigureAwait(false);
        var node = await SearchNode.StartAsync(Options(folder, workplace, resume: false), cancellation).ConfigureAwait(false);
        var marks = ImmutableArray.CreateBuilder<Mark>();
        var judged = 0;
        await foreach (var progress in node.Progress.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            if (progress is SearchProgress.CandidateJudged)
            {
                if (judged == (long)options.Candidates * marks.Count / Parts)
                {
                    marks.Add(Look(judged));
                    say($"{judged} candidates{(marks.Count > 1 ? $", {Rate(marks[^2], marks[^1]):0} per second" : "")}");
                }

                judged++;
            }
            else if (progress is SearchProgress.Trouble trouble)
            {
                say(trouble.Message);
            }

            if (judged > options.Candidates)
            {
                break;
            }
        }

        await KillAsync(node).ConfigureAwait(false);
        return marks.ToImmutable();
    }

    private async Task<(double Recovered, double Proposed)> ResumeAsync(DataFolder folder, CancellationToken cancellation)
    {
        var workplace = new LoopbackWorkplace(options.Slots);
        await using var disposal = workplace.ConfigureAwait(false);
        var (start, at) = (time.GetTimestamp(), time.GetUtcNow());
        var node = await SearchNode.StartAsync(Options(folder, workplace, resume: true), cancellation).ConfigureAwait(false);
        var recovered = time.GetElapsedTime(start).TotalSeconds;
        await foreach (var progress in node.Progress.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            if (progress is SearchProgress.CandidateJudged { Candidate: var candidate } && candidate.ProposedAt > at)
            {
                break;
            }
        }

        var proposed = time.GetElapsedTime(start).TotalSeconds;
        await KillAsync(node).ConfigureAwait(false);
        return (recovered, proposed);
    }

    // As near to a kill as one process allows: no hook runs, no state is saved, whatever was being written is cut.
    private static async Task KillAsync(SearchNode node)
    {
        ((ExtendedActorSystem)node.System).Abort();
        await node.System.WhenTerminated.ConfigureAwait(false);
        await node.DisposeAsync().ConfigureAwait(false);
    }

    private SearchNodeOptions Options(DataFolder folder, IWorkplace workplace, bool resume) => new()
    {
        Folder = folder,
        Run = "engine",
        Resume = resume,
        Workplace = workplace,
        Time = time,
        Inspect = _ => new TaskFacts("synthetic", "error-rate"),
        Experiment = new Experiment
        {
            Name = "engine",
            Evaluation = new EvaluationSettings { Evaluators = 0 },
            // More than is ever judged, so that the search is cut in the middle of its work and has work left when it is resumed.
            Search = new SearchSettings
            {
                Islands = options.Islands,
                Evaluations = checked(2 * options.Candidates + 10_000),
                Island = new IslandSettings { Window = options.Window },
            },
        },
    };

    private Mark Look(int candidates)
    {
        GC.Collect();
        return new Mark(candidates, time.GetTimestamp(), Environment.CpuUsage.TotalTime, GC.GetTotalMemory(forceFullCollection: false), Environment.WorkingSet);
    }

    private double Rate(Mark from, Mark to) => (to.Candidates - from.Candidates) / time.GetElapsedTime(from.At, to.At).TotalSeconds;

    private readonly record struct Mark(int Candidates, long At, TimeSpan Processor, long Managed, long Resident);
}
