using System.Diagnostics;

namespace LossActors.Actors.Evaluators;

/// <summary>What an evaluator process on this machine is started for.</summary>
/// <param name="Number">Which one, from 0.</param>
/// <param name="Device">Its device.</param>
/// <param name="Host">Where to join the cluster.</param>
/// <param name="Port">The port there.</param>
public sealed record EvaluatorLaunch(int Number, string Device, string Host, int Port);

/// <summary>How evaluator processes of this machine are started.</summary>
public sealed record EvaluatorProcessOptions
{
    /// <summary>
    /// The command line of one process: file name, arguments, environment. Its standard streams are taken care of: the input is
    /// its life line (<see cref="Hosting.LifeLine"/>), what it prints goes to the log.
    /// </summary>
    public required Func<EvaluatorLaunch, ProcessStartInfo> Command { get; init; }

    /// <summary>How many.</summary>
    public int Count { get; init; } = 2;

    /// <summary>Dealt to them in turn.</summary>
    public IReadOnlyList<string> Devices { get; init; } = ["cpu"];

    /// <summary>The folder for <c>evaluator-0.log</c> and so on; made if missing.</summary>
    public required string LogFolder { get; init; }

    /// <summary>The wait before a process that ended is started again, doubled each time it ends soon after its start.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A process that lived so long is healthy: the wait starts from the beginning.</summary>
    public TimeSpan Healthy { get; init; } = TimeSpan.FromSeconds(10);
}
