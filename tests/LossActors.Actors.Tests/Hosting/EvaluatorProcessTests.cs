using System.Diagnostics;
using LossActors.Actors.Protocol;
using LossActors.Actors.TestNode;
using LossActors.Evolution.Evaluation;
using LossActors.Expressions.Parsing;
using Xunit;

namespace LossActors.Actors.Tests.Hosting;

/// <summary>Real processes in a real cluster on loopback.</summary>
[Collection("processes")]
public sealed class EvaluatorProcessTests
{
    [Fact]
    public async Task Child_processes_join_and_work()
    {
        var children = new List<int>();
        await using (var search = await SearchNode.StartAsync(processes: 2))
        {
            for (var birth = 1; birth <= 20; birth++)
            {
                search.Offer(birth, $"{birth}*sub(y, f)");
            }

            var answers = Enumerable.Range(0, 20).Select(_ => search.NextAnswer()).ToDictionary(a => a.Job.Candidate.Birth);
            foreach (var (birth, answer) in answers)
            {
                var fitness = SyntheticBenches.Fitness(ExpressionParser.Parse($"{birth}*sub(y, f)"), 0);
                Assert.Equal(fitness, Assert.IsType<Finding.Trained>(answer.Finding).Fitness);
            }

            var workforce = await search.Until(w => w.Slots.Count == 2 && w.Slots.All(s => s.State == "idle"));
            Assert.Equal(20, workforce.Slots.Sum(s => s.Completed));
            children.AddRange(workforce.Slots.Select(s => s.Pid));
        }

        Assert.DoesNotContain(children, IsAlive);
    }

    [Fact]
    public async Task A_killed_child_costs_nothing_but_time()
    {
        await using var search = await SearchNode.StartAsync(processes: 1, wait: 1500);
        var job = search.Offer(1, "sub(y, f)");
        var busy = await search.Until(w => w.Slots.Any(s => s.State == "busy"));
        using (var child = Process.GetProcessById(busy.Slots[0].Pid))
        {
            child.Kill();
        }

        Assert.Equal(busy.Slots[0].Pid, search.Next<WorkforceEvents.ProcessEnded>(_ => true).Pid);
        var answer = search.NextAnswer();
        Assert.Equal(job, answer.Job);
        Assert.IsType<Finding.Trained>(answer.Finding);
        Assert.DoesNotContain($"pid {busy.Slots[0].Pid} ", answer.Worker, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_candidate_that_kills_three_evaluators_is_quarantined_and_the_others_are_not()
    {
        await using var search = await SearchNode.StartAsync(processes: 1, faults: "kill=*log(*");
        var poison = search.Offer(1, "log(sub(y, f))");
        var sound = search.Offer(2, "sub(y, f)");
        var failed = Assert.IsType<Finding.Failed>(search.Next<BrokerMessages.Done>(d => d.Job == poison).Finding);
        Assert.True(failed.Poisonous);
        Assert.IsType<Finding.Trained>(search.Next<BrokerMessages.Done>(d => d.Job == sound).Finding);
        search.Next<WorkforceEvents.ProcessEnded>(e => e.InARow == 3);
    }

    [Fact]
    public async Task A_job_that_hangs_beyond_its_limit_fails_and_its_process_is_replaced()
    {
        await using var search = await SearchNode.StartAsync(
            processes: 1,
            faults: "hang=*tanh(*",
            leases: new() { JobLimit = TimeSpan.FromSeconds(2), AbortGrace = TimeSpan.FromSeconds(1) });
        var hanging = search.Offer(1, "tanh(sub(y, f))");
        var sound = search.Offer(2, "sub(y, f)");
        var failed = Assert.IsType<Finding.Failed>(search.Next<BrokerMessages.Done>(d => d.Job == hanging).Finding);
        Assert.Equal((false, "timed out after 00:00:02"), (failed.Poisonous, failed.Reason));
        Assert.IsType<Finding.Trained>(search.Next<BrokerMessages.Done>(d => d.Job == sound).Finding);
    }

    [Fact]
    public async Task A_bench_that_cannot_be_opened_is_told_and_gets_no_work()
    {
        await using var search = await SearchNode.StartAsync(processes: 1, device: "none");
        search.Offer(1, "sub(y, f)");
        var refused = search.Next<WorkforceEvents.SlotRefused>(_ => true);
        Assert.Equal("There is no device 'none'.", refused.Reason);
        await search.Until(w => w is { Waiting: 1, Leased: 0 } && w.Slots.Single().State == "refused");
    }

    [Fact]
    public async Task A_child_ends_within_two_seconds_of_its_life_line()
    {
        using var child = Process.Start(SearchNode.TestNode("127.0.0.1:1", "cpu", 0, child: true))!;
        child.BeginOutputReadLine();
        child.BeginErrorReadLine();
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.False(child.HasExited);
        child.StandardInput.Close();
        Assert.True(child.WaitForExit(TimeSpan.FromSeconds(4)));
    }

    [Fact]
    public async Task A_node_started_by_hand_works_and_joins_again_when_the_search_node_comes_back()
    {
        int port;
        Process node;
        await using (var first = await SearchNode.StartAsync())
        {
            node = Process.Start(SearchNode.TestNode(first.Address, "cpu", 0, child: false))!;
            node.BeginErrorReadLine();
            // On a busy machine it may complain first that it has not been let in yet.
            while (await node.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("joined", StringComparison.Ordinal))
            {
                Assert.StartsWith("not let in", line, StringComparison.Ordinal);
            }

            port = int.Parse(first.Address.Split(':')[1], null);
            first.Offer(1, "sub(y, f)");
            Assert.IsType<Finding.Trained>(first.NextAnswer().Finding);
        }

        try
        {
            await using var second = await SearchNode.StartAsync(port: port);
            second.Offer(1, "sub(y, f)");
            Assert.IsType<Finding.Trained>(second.NextAnswer().Finding);
            Assert.False(node.HasExited);
        }
        finally
        {
            node.Kill();
            node.Dispose();
        }
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
