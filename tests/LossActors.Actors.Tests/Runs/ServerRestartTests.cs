using Akka.Actor;
using Akka.Hosting;
using LossActors.Actors.Control;
using LossActors.Actors.Hosting;
using LossActors.Actors.Record;
using LossActors.Actors.Tests.Databases;
using Xunit;

namespace LossActors.Actors.Tests.Runs;

/// <summary>A search whose server dies under it.</summary>
public sealed class ServerRestartTests : IDisposable
{
    private readonly PostgresServer? _server;
    private readonly TempFolder _folder;

    // A server of its own: it is killed.
    public ServerRestartTests()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        _server = PostgresServer.Start();
        _folder = new TempFolder(_server);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _server?.Dispose();
    }

    [Fact]
    public async Task ASearchOutlivesItsServersCrashesAndLosesNothingAcknowledged()
    {
        var experiment = SearchTest.Small(evaluations: 240);
        var node = await SearchNode.StartAsync(new()
        {
            Folder = _folder.Data,
            Database = _folder.Database,
            Run = "r1",
            Experiment = experiment,
            Workplace = new LoggedWorkplace(),
            Inspect = _ => new TaskFacts("data", "error-rate"),
        });
        var acknowledged = new List<string>();
        var troubles = new List<string>();
        var crashes = 0;
        await foreach (var progress in node.Progress.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            switch (progress)
            {
                case SearchProgress.CandidateJudged judged:
                    acknowledged.Add(judged.Candidate.Id);
                    break;
                case SearchProgress.Trouble trouble:
                    troubles.Add(trouble.Message);
                    break;
            }

            if (crashes < 2 && acknowledged.Count >= 60 * (crashes + 1))
            {
                crashes++;
                _server!.Kill();
                // Long enough for everybody to notice.
                await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
                _server.Resume();
            }
        }

        var outcome = await node.Completion;
        var isOwned = await IsOwnedAsync();
        await node.DisposeAsync();
        Assert.Equal("completed", outcome.State);
        Assert.True(isOwned);
        Assert.NotEmpty(troubles);
        Assert.Equal(2, crashes);
        Assert.All(troubles, line => Assert.DoesNotContain(_server!.Password, line, StringComparison.Ordinal));
        var log = await File.ReadAllTextAsync(_folder.Data.LogOf("r1"), TestContext.Current.CancellationToken);
        Assert.Contains("Npgsql", log, StringComparison.Ordinal);
        Assert.DoesNotContain(_server!.Password, log, StringComparison.Ordinal);
        using var reader = RecordReader.Open(_folder.Database);
        var ids = reader.Candidates("r1").Select(c => c.Id).ToList();
        Assert.Equal((240, 240), (ids.Count, ids.Distinct().Count()));
        Assert.Empty(acknowledged.Except(ids));
        Assert.Equal(acknowledged.Count, acknowledged.Distinct().Count());
        var verified = RunVerifier.Verify(_folder.Database, "r1");
        Assert.Empty(verified.Differences);
        Assert.True(verified.IsComplete);
    }

    // The lock is taken again as soon as its owner notices; the search need not wait for that.
    private async Task<bool> IsOwnedAsync()
    {
        for (var i = 0; i < 200 && !_folder.Database.IsOwned("r1"); i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        return _folder.Database.IsOwned("r1");
    }

    // Says all that it can.
    private sealed class LoggedWorkplace : IWorkplace
    {
        private readonly SyntheticWorkplace _workplace = new(slots: 3);

        public void Configure(AkkaConfigurationBuilder builder, SearchNodeOptions options, string dataHash)
        {
            _workplace.Configure(builder, options, dataHash);
            builder.AddHocon(
                $$"""
                akka { loggers = ["{{typeof(FileLogger).FullName}}, {{typeof(FileLogger).Assembly.GetName().Name}}"], loglevel = DEBUG, log-config-on-start = on }
                lossactors.log-file = {{HoconText.Quoted(options.Folder.LogOf(options.Run))}}
                """,
                HoconAddMode.Prepend);
        }

        public IActorRef Broker(ActorSystem system) => _workplace.Broker(system);
    }
}
