using System.Diagnostics;
using LossActors.Actors.Control;
using LossActors.Actors.Experiments;
using LossActors.Actors.Hosting;
using LossActors.Actors.Record;
using LossActors.Actors.Tests.Runs;
using Xunit;
using Node = LossActors.Actors.Hosting.SearchNode;

namespace LossActors.Actors.Tests.Hosting;

/// <summary>Whole searches with real evaluator processes in a real cluster on loopback; only the benches are synthetic.</summary>
[Collection("processes")]
public sealed class ClusterSearchTests : SearchTest
{
    [Fact]
    public async Task ASearchSurvivesTheDeathOfItsEvaluatorsAndLeavesNoneBehind()
    {
        var node = await Node.StartAsync(Clustered("cpu"));
        var pids = new HashSet<int>();
        var kills = 0;
        var judged = 0;
        await foreach (var progress in node.Progress.ReadAllAsync())
        {
            judged += progress is SearchProgress.CandidateJudged ? 1 : 0;
            if (progress is SearchProgress.WorkforceChanged { Workforce.Slots: var slots })
            {
                pids.UnionWith(slots.Select(s => s.Pid));
                if (kills < 2 && judged > kills * 10 && slots.FirstOrDefault(s => s.State == "busy" && IsAlive(s.Pid)) is { } busy)
                {
                    kills++;
                    using var process = Process.GetProcessById(busy.Pid);
                    process.Kill();
                }
            }
        }

        Assert.Equal("completed", (await Finish(node)).State);
        using var reader = RecordReader.Open(Database);
        Assert.Equal((60, 60), (reader.Show("r1").Evaluations, judged));
        Assert.Equal((2, true), (kills, pids.Count > 2));
        Assert.DoesNotContain(pids, IsAlive);
        Assert.Empty(RunVerifier.Verify(Database, "r1").Differences);
    }

    [Fact]
    public async Task ASearchThatNoEvaluatorCanServeEndsWithTheReason()
    {
        var node = await Node.StartAsync(Clustered("none"));

        var outcome = await Finish(node);

        Assert.Equal("interrupted", outcome.State);
        Assert.Contains("There is no device 'none'.", outcome.Reason);
    }

    [Fact]
    public async Task ARunWhoseNodeEndsUnderItCanGoOnAtOnce()
    {
        var node = await Node.StartAsync(Clustered("cpu"));
        await node.Progress.WaitToReadAsync(TestContext.Current.CancellationToken);
        await node.System.Terminate();

        var outcome = await Finish(node);

        Assert.Equal(("interrupted", true), (outcome.State, outcome.NodeEnded));
        Assert.Contains("its node ended", outcome.Reason);
        Assert.Equal("completed", (await Finish(await Node.StartAsync(Clustered("cpu") with { Resume = true }))).State);
        using var reader = RecordReader.Open(Database);
        Assert.Equal(60, reader.Show("r1").Evaluations);
        Assert.Empty(RunVerifier.Verify(Database, "r1").Differences);
    }

    private SearchNodeOptions Clustered(string device)
    {
        var experiment = Small() with { Evaluation = new EvaluationSettings { Evaluators = 2, Devices = [device] } };
        return Options(experiment) with
        {
            Workplace = new ClusterWorkplace { Command = launch => SearchNode.TestNode($"{launch.Host}:{launch.Port}", launch.Device, wait: 150, child: true) },
        };
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
