namespace LossActors.Actors.Simulation;

/// <summary>Finds the bottleneck of a simulated search: whoever is at work nearly all the time.</summary>
internal static class Bottlenecks
{
    // Queues grow without end only at 1, but long before that everybody waits.
    private const double Saturated = 0.9;

    public static Bottleneck Of(SimulationReport report) => report switch
    {
        { SlotUtilisation: >= Saturated } => Bottleneck.Evaluators,
        { BrokerUtilisation: >= Saturated } => Bottleneck.Broker,
        { NodeUtilisation: >= Saturated } => Bottleneck.SearchNode,
        { JournalUtilisation: >= Saturated, WaitingJobs: < 1 } => Bottleneck.Journal,
        { WaitingJobs: >= 1 } => Bottleneck.Evaluators,
        _ => Bottleneck.Window,
    };
}
