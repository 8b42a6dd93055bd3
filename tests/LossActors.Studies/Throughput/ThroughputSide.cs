namespace LossActors.Studies.Throughput;

/// <summary>One search of the throughput study.</summary>
/// <param name="Pair">Which pair it belongs to; both of a pair have this search seed.</param>
/// <param name="Evaluators">How many evaluator processes worked.</param>
/// <param name="Candidates">Candidates trained in the measured part: without the search's beginning, when evaluators start, and its end, when they run out of work.</param>
/// <param name="Steps">Their training steps.</param>
/// <param name="Seconds">How long that part took.</param>
internal sealed record ThroughputSide(int Pair, int Evaluators, int Candidates, long Steps, double Seconds)
{
    /// <summary>Training steps per second.</summary>
    public double StepsPerSecond => Steps / Seconds;
}
