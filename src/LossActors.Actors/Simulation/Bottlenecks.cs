namespace LossActors.Actors.Simulation;

/// <summary>Finds the bottleneck of a simulated search: whoever is at work nearly all the time.</summary>
internal static class Bottlenecks
{
    // Queues grow without end only at 1, but long before that everybody waits.
    private const double Saturated = 0.9;

    public static Bottleneck Of(SimulationReport report, int slots) => report switch
    {
        { SlotUtilisation: >= Saturated } => Bottleneck.Evaluators,
        { BrokerUtilisation: >= Saturated } => Bottleneck.Broker,
        { NodeUtilisation: >= Saturated } => Bottleneck.SearchNode,
        _ when report.WaitingJobs >= slots => Bottleneck.Evaluators,
        { JournalUtilisation: >= Saturated } => Bottleneck.Journal,
        _ => Bottleneck.Window,
    };
}
