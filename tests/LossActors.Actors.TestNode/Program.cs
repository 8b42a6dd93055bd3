using System.Runtime.InteropServices;
using LossActors.Actors.Evaluators;
using LossActors.Actors.Hosting;
using LossActors.Actors.Hosting.Tls;

namespace LossActors.Actors.TestNode;

/// <summary><c>TestNode JOIN DEVICE WAIT_MS child|alone [TLS_FILE]</c>: an evaluator node that says on its standard output what it does.</summary>
public static class Program
{
    /// <summary>Runs until stopped.</summary>
    public static async Task<int> Main(string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        var benches = new SyntheticBenches(TimeSpan.FromMilliseconds(int.Parse(args[2], null)));
        await EvaluatorNode.RunAsync(
            new EvaluatorNodeOptions
            {
                Join = [.. args[0].Split(',')],
                IsChild = args[3] == "child",
                Tls = args.Length > 4 ? TlsIdentity.Read(args[4], password: null, TimeProvider.System.GetUtcNow()) : null,
                Patience = TimeSpan.FromSeconds(3),
                Slots = new SlotSettings { Benches = FaultInjectingBench.Where(benches), Devices = [args[1]] },
                Say = Console.WriteLine,
            },
            stop.Token);
        return 0;
    }
}
