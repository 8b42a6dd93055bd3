using System.Collections.Immutable;
using System.CommandLine;
using LossActors.Actors.Evaluators;
using LossActors.Actors.Experiments;
using LossActors.Actors.Hosting;
using LossActors.Actors.Record;
using LossActors.Cli.Hosting;
using LossActors.Learning.Native;

namespace LossActors.Cli.Commands;

/// <summary><c>node --role search|evaluator --join HOST:PORT</c>: a member of a search's cluster, on this or another machine.</summary>
internal sealed class NodeCommand
{
    private const string Evaluator = "evaluator";
    private const string Search = "search";

    private readonly CliEnvironment _environment;
    private readonly Option<string> _role = new("--role")
    {
        Description = "evaluator: trains networks. search: holds islands, and the run when its node is gone; needs the run's PostgreSQL database.", HelpName = "search|evaluator", Required = true,
    };

    private readonly Option<string> _join = new("--join") { Description = "Search nodes, as `run` prints it; one that answers is enough.", HelpName = "HOST:PORT[,…]", Required = true };
    private readonly Option<string> _host = new("--host") { Description = "The address by which the others reach this node.", HelpName = "ADDRESS", DefaultValueFactory = _ => "127.0.0.1" };
    private readonly Option<string> _port = new("--port") { Description = "Port on which the others reach this node; default: any.", HelpName = "PORT", DefaultValueFactory = _ => "0" };
    private readonly Option<string?> _tls = TlsOption.Create();
    private readonly Option<string?> _config = new("--config") { Description = "Evaluators: an experiment file whose evaluation.devices and evaluation.libtorch are used.", HelpName = "FILE" };
    private readonly Option<string[]> _device = new("--device") { Description = "Evaluators: one slot per device: cpu, cuda:0. May be repeated.", HelpName = "DEVICE" };
    private readonly Option<string?> _libtorch = new("--libtorch") { Description = "Evaluators: a libtorch folder of your own.", HelpName = "DIR" };
    private readonly Option<bool> _child = new("--child") { Hidden = true };
    private readonly Option<string?> _run = new("--run") { Description = "Search nodes: the run's id, or the beginning of it; default: the latest.", HelpName = "RUN" };
    private readonly Option<string> _dataDir = CommonOptions.DataDir();
    private readonly Option<string> _progress = new("--progress") { Description = "Search nodes: how to show progress while the run is here.", HelpName = "plain|json", DefaultValueFactory = _ => "plain" };

    private NodeCommand(CliEnvironment environment) => _environment = environment;

    public static Command Create(CliEnvironment environment)
    {
        var node = new NodeCommand(environment);
        var command = new Command("node", "Works for a search: a member of its cluster.")
        {
            node._role, node._join, node._host, node._port, node._tls, node._config, node._device, node._libtorch, node._child, node._run, node._dataDir, node._progress,
        };
        CommonOptions.Restrict(node._role, [Search, Evaluator]);
        CommonOptions.Restrict(node._progress, ["plain", "json"]);
        command.SetAction(async (parsed, cancellation) => (int)(parsed.GetRequiredValue(node._role) == Search
            ? await node.SearchAsync(parsed, cancellation)
            : await node.EvaluateAsync(parsed, cancellation)));
        return command;
    }

    private async Task<ExitCode> EvaluateAsync(ParseResult parsed, CancellationToken cancellation)
    {
        Refuse(parsed, Evaluator, _run, _dataDir, _progress);
        var join = JoinAddress.Parse(parsed.GetRequiredValue(_join));
        var port = PortOption.Of(parsed, _port);
        var evaluation = parsed.GetValue(_config) is { } file ? ExperimentReader.Read(file).Evaluation : new EvaluationSettings();
        string[] devices = parsed.GetValue(_device) is { Length: > 0 } given ? given : [.. evaluation.Devices];
        TorchLibrary.Load(parsed.GetValue(_libtorch) ?? evaluation.LibTorch);
        foreach (var name in devices.Distinct())
        {
            Devices.Ensure(name);
        }

        var isChild = parsed.GetValue(_child);
        using var identity = TlsOption.Read(_environment, parsed.GetValue(_tls));

        // Ctrl+C reaches children too, but when they end is their parent's decision.
        using var signals = new StopSignals(isChild ? _environment with { OwnsSignals = false } : _environment, cancellation);
        if (!isChild)
        {
            await JoinAddress.RequireReachableAsync(join, identity, _environment.Time, signals.Token);
        }

        await EvaluatorNode.RunAsync(
            new EvaluatorNodeOptions
            {
                Join = [.. join.Select(JoinAddress.Text)],
                Host = parsed.GetRequiredValue(_host),
                Port = port,
                Tls = identity,
                Slots = new SlotSettings { Devices = devices, Benches = FaultInjectingBench.Where(new LaboratoryBenches()) },
                IsChild = isChild,
                Say = line => _environment.Error.WriteLine(UserErrors.OneLine(line)),
            },
            signals.Token);
        return signals.Token.IsCancellationRequested ? signals.ExitCode : ExitCode.Done;
    }

    private async Task<ExitCode> SearchAsync(ParseResult parsed, CancellationToken cancellation)
    {
        Refuse(parsed, Search, _config, _device, _libtorch, _child);
        var (join, host, port) = (JoinAddress.Parse(parsed.GetRequiredValue(_join)), parsed.GetRequiredValue(_host), PortOption.Of(parsed, _port));
        var database = DatabaseSetting.Postgres(_environment, RunStore.FolderOf(parsed.GetRequiredValue(_dataDir)))
            ?? throw new CliException(
                $"--role search: a further search node works on the run's own database, which must be PostgreSQL; name it in {DatabaseSetting.Variable} or {DatabaseSetting.FileVariable}, for `lossactors run` as well");
        RunDetails run;
        using (var store = RunStore.Open(database, parsed.GetValue(_run), out var id))
        {
            run = store.Reader.Show(id);
        }

        if (run.State is "completed" or "cancelled" or "failed")
        {
            throw new CliException($"run {run.Run} is {run.State}; name another with --run, of those that `lossactors runs` lists");
        }

        using var identity = TlsOption.Read(_environment, parsed.GetValue(_tls));
        using var signals = new StopSignals(_environment, cancellation);
        HostPort.Require(host, port);
        await JoinAddress.RequireReachableAsync(join, identity, _environment.Time, signals.Token);
        var session = new SearchMemberSession(
            _environment,
            new SearchMemberOptions
            {
                Database = database,
                Run = run.Run,
                Experiment = run.Experiment,
                Join = [.. join.Select(JoinAddress.Text)],
                Host = host,
                Port = port,
                Tls = identity,
                IsJson = parsed.GetRequiredValue(_progress) == "json",
            });
        return await session.WorkAsync(signals);
    }

    private static void Refuse(ParseResult parsed, string role, params ImmutableArray<Option> others)
    {
        if (others.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new CliException($"{given.Name}: does not go with --role {role}");
        }
    }
}
