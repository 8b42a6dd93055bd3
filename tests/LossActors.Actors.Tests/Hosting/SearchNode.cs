using System.Diagnostics;
using Akka.Actor;
using Akka.Hosting;
using LossActors.Actors.Broker;
using LossActors.Actors.Evaluators;
using LossActors.Actors.Hosting;
using LossActors.Actors.Hosting.Tls;
using LossActors.Actors.Protocol;
using LossActors.Actors.TestNode;
using LossActors.Evolution.Candidates;
using LossActors.Expressions.Parsing;
using LossActors.Learning.Protocols;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace LossActors.Actors.Tests.Hosting;

/// <summary>A search node in this process, with a broker and no search: tests offer jobs and wait for what comes back.</summary>
internal sealed class SearchNode : IAsyncDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(90);
    private readonly IHost _host;
    private readonly Inbox _inbox;
    private readonly string _folder;

    private SearchNode(IHost host, string folder)
    {
        (_host, _folder) = (host, folder);
        System = host.Services.GetRequiredService<ActorSystem>();
        Broker = host.Services.GetRequiredService<ActorRegistry>().Get<BrokerKey>();
        _inbox = Inbox.Create(System);
        System.EventStream.Subscribe(_inbox.Receiver, typeof(WorkforceEvents.ProcessEnded));
        System.EventStream.Subscribe(_inbox.Receiver, typeof(WorkforceEvents.SlotRefused));
    }

    public ActorSystem System { get; }

    public IActorRef Broker { get; }

    public string Address => $"127.0.0.1:{Akka.Cluster.Cluster.Get(System).SelfAddress.Port}";

    public static ProcessStartInfo TestNode(string join, string device, int wait, bool child, string? faults = null, string? tls = null)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [typeof(SyntheticBenches).Assembly.Location, join, device, $"{wait}", child ? "child" : "alone"];
        Array.ForEach(arguments, start.ArgumentList.Add);
        if (tls is not null)
        {
            start.ArgumentList.Add(tls);
        }

        start.Environment[FaultInjectingBench.Variable] = faults;
        return start;
    }

    public static async Task<SearchNode> StartAsync(
        int processes = 0, int wait = 0, string? faults = null, string device = "cpu", int port = 0, LeaseSettings? leases = null, string? tls = null, string logFile = "")
    {
        var folder = Directory.CreateTempSubdirectory("lossactors-test-").FullName;
        var identity = tls is null ? null : TlsIdentity.Read(tls, password: null, DateTimeOffset.UtcNow);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddAkka(ClusterHocon.SystemName, akka => akka
            .WithLossActorsCluster(ClusterHocon.Search, port: port, logFile: logFile, tls: identity)
            .AddBroker(new BrokerOptions { Run = "test", Protocol = new EvaluationProtocol(), DataHash = "data", Leases = leases ?? new LeaseSettings() })
            .AddEvaluatorProcesses(new EvaluatorProcessOptions
            {
                Count = processes,
                Devices = [device],
                LogFolder = Path.Combine(folder, "logs"),
                Command = launch => TestNode($"{launch.Host}:{launch.Port}", launch.Device, wait, child: true, faults, tls),
            }));
        var host = builder.Build();
        await host.StartAsync();
        return new SearchNode(host, folder);
    }

    public JobId Offer(int birth, string expression)
    {
        var id = new JobId(JobKind.Train, new CandidateId(0, birth));
        _inbox.Send(Broker, new BrokerMessages.Offer(new Job(id, ExpressionParser.Parse(expression))));
        return id;
    }

    /// <summary>The next answer; it is acknowledged.</summary>
    public BrokerMessages.Done NextAnswer()
    {
        var done = Next<BrokerMessages.Done>(_ => true);
        _inbox.Send(Broker, new BrokerMessages.Acknowledge(done.Job));
        return done;
    }

    public T Next<T>(Func<T, bool> which) =>
        (T)_inbox.ReceiveWhere(message => message is T t && which(t), s_deadline);

    /// <summary>Asks for the workforce until it is as wanted.</summary>
    public async Task<BrokerMessages.Workforce> Until(Func<BrokerMessages.Workforce, bool> wanted)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            var workforce = await Broker.Ask<BrokerMessages.Workforce>(new BrokerMessages.GetWorkforce(), s_deadline);
            if (wanted(workforce))
            {
                return workforce;
            }

            Assert.True(since.Elapsed < s_deadline, $"the workforce stayed {string.Join(", ", workforce.Slots)}");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _inbox.Dispose();
        await _host.StopAsync();
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
