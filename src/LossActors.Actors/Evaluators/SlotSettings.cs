using System.Diagnostics;

namespace LossActors.Actors.Evaluators;

/// <summary>How the slots of a node work.</summary>
public sealed record SlotSettings
{
    /// <summary>What opens their benches.</summary>
    public IEvaluatorBenchFactory Benches { get; init; } = new LaboratoryBenches();

    /// <summary>One slot for each of these devices.</summary>
    public IReadOnlyList<string> Devices { get; init; } = ["cpu"];

    /// <summary>Threads one operation may use.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>About how long a lease should take, of as many candidates as that allows: long enough to be worth its messages, short enough for evolution to learn soon.</summary>
    public TimeSpan LeaseTarget { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a slot reports (which renews its lease); also at each change.</summary>
    public TimeSpan ReportInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A thread that was asked to stop and has not by then hangs in native code: its process ends itself.</summary>
    public TimeSpan HangLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Ends the process of a slot that hangs; told why.</summary>
    public Action<string> EndProcess { get; init; } = _ => Process.GetCurrentProcess().Kill();
}
