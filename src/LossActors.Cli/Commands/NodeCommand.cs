using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using LossActors.Actors.Evaluators;
using LossActors.Actors.Experiments;
using LossActors.Actors.Hosting;
using LossActors.Actors.Hosting.Tls;
using LossActors.Cli.Hosting;
using LossActors.Learning.Native;

namespace LossActors.Cli.Commands;

/// <summary><c>node --role evaluator --join HOST:PORT</c>: a cluster member that evaluates for a search on this or another machine.</summary>
internal static class NodeCommand
{
    private static readonly TimeSpan s_probe = TimeSpan.FromSeconds(5);

    public static Command Create(CliEnvironment environment)
    {
        var role = new Option<string>("--role") { Description = "evaluator.", HelpName = "search|evaluator", Required = true };
        var join = new Option<string>("--join") { Description = "The search node, as `run` prints it.", HelpName = "HOST:PORT", Required = true };
        var config = new Option<string?>("--config") { Description = "An experiment file whose evaluation.devices and evaluation.libtorch are used.", HelpName = "FILE" };
        var device = new Option<string[]>("--device") { Description = "One slot per device: cpu, cuda:0. May be repeated.", HelpName = "DEVICE" };
        var host = new Option<string>("--host") { Description = "The address by which the search node reaches this one.", HelpName = "ADDRESS", DefaultValueFactory = _ => "127.0.0.1" };
        var libtorch = new Option<string?>("--libtorch") { Description = "A libtorch folder of your own.", HelpName = "DIR" };
        var tls = TlsOption.Create();
        var child = new Option<bool>("--child") { Hidden = true };
        var command = new Command("node", "Evaluates for a search: a member of its cluster.") { role, join, config, device, host, libtorch, tls, child };
        command.SetAction(async (parsed, cancellation) =>
        {
            RequireEvaluator(parsed.GetRequiredValue(role));
            var (searchHost, searchPort) = ParseAddress(parsed.GetRequiredValue(join));
            var evaluation = parsed.GetValue(config) is { } file ? ExperimentReader.Read(file).Evaluation : new EvaluationSettings();
            string[] devices = parsed.GetValue(device) is { Length: > 0 } given ? given : [.. evaluation.Devices];
            TorchLibrary.Load(parsed.GetValue(libtorch) ?? evaluation.LibTorch);
            foreach (var name in devices.Distinct())
            {
                Devices.Ensure(name);
            }

            var isChild = parsed.GetValue(child);
            using var identity = TlsOption.Read(environment, parsed.GetValue(tls));

            // Ctrl+C reaches children too, but when they end is their parent's decision.
            using var signals = new StopSignals(isChild ? environment with { OwnsSignals = false } : environment, cancellation);
            if (!isChild)
            {
                await RequireReachableAsync(searchHost, searchPort, identity, environment.Time, signals.Token);
            }

            await EvaluatorNode.RunAsync(
                new EvaluatorNodeOptions
                {
                    Join = string.Create(CultureInfo.InvariantCulture, $"{searchHost}:{searchPort}"),
                    Host = parsed.GetRequiredValue(host),
                    Tls = identity,
                    Slots = new SlotSettings { Devices = devices, Benches = FaultInjectingBench.Where(new LaboratoryBenches()) },
                    IsChild = isChild,
                    Say = line => environment.Error.WriteLine(UserErrors.OneLine(line)),
                },
                signals.Token);
            return (int)(signals.Token.IsCancellationRequested ? signals.ExitCode : ExitCode.Done);
        });
        return command;
    }

    private static void RequireEvaluator(string role)
    {
        if (role != "evaluator")
        {
            throw new CliException(role == "search"
                ? "node --role search: a second search node is not supported in this version; start the search with `lossactors run` and let evaluators join it"
                : $"--role {Shown.Text(role)}: expected evaluator");
        }
    }

    private static (string Host, int Port) ParseAddress(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            && Uri.CheckHostName(text[..colon]) != UriHostNameType.Unknown
            ? (text[..colon], port)
            : throw new CliException($"--join {Shown.Text(text)}: expected HOST:PORT, as `lossactors run` prints it");
    }

    // A node started by hand with a wrong address, or one that is not let in, would otherwise wait for ever.
    private static async Task RequireReachableAsync(string host, int port, TlsIdentity? tls, TimeProvider time, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(s_probe);
        try
        {
            await client.ConnectAsync(host, port, patience.Token);
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new CliException($"no search node answers at {host}:{port}; is the run still going, and does its --host let others in?", ExitCode.Environment);
        }

        if (tls is not null)
        {
            await TlsProbe.ShakeHandsAsync(client.GetStream(), tls, string.Create(CultureInfo.InvariantCulture, $"{host}:{port}"), time, cancellation);
        }
    }
}
