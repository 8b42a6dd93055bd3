namespace LossActors.Actors.Simulation;

/// <summary>
/// How a simulated search went. All but the first two numbers are of its steady state: from the verdict that ends the first fifth of the budget to the one that
/// ends the ninth tenth, without the start of processes and without the end, when births run out.
/// </summary>
/// <param name="Candidates">Verdicts.</param>
/// <param name="Seconds">Virtual time until the last of them.</param>
public sealed record SimulationReport(int Candidates, double Seconds)
{
    /// <summary>Verdicts per second.</summary>
    public double CandidatesPerSecond { get; init; }

    /// <summary>The share of their time that slots were at work, from 0 to 1.</summary>
    public double SlotUtilisation { get; init; }

    /// <summary>The share of its time that the broker was at work, from 0 to 1.</summary>
    public double BrokerUtilisation { get; init; }

    /// <summary>The share of their time that the search node's cores were at work, from 0 to 1.</summary>
    public double NodeUtilisation { get; init; }

    /// <summary>The share of its time that the journal was writing, from 0 to 1.</summary>
    public double JournalUtilisation { get; init; }

    /// <summary>Jobs that waited for a slot, on average.</summary>
    public double WaitingJobs { get; init; }

    /// <summary>How many births an island had proposed after a candidate when it had the candidate's verdict.</summary>
    public Spread StalenessBirths { get; init; } = new(0, 0);

    /// <summary>From the decision to propose a candidate to its verdict, in seconds.</summary>
    public Spread StalenessSeconds { get; init; } = new(0, 0);

    /// <summary>Evaluator processes that died.</summary>
    public int Deaths { get; init; }

    /// <summary>Jobs that were leased again because their lease was lost.</summary>
    public int LeasedAgain { get; init; }

    /// <summary>Core time of the search node.</summary>
    public double CoreSecondsPerCandidate { get; init; }

    /// <summary>Events that were journaled.</summary>
    public double EventsPerCandidate { get; init; }

    /// <summary>What held throughput back.</summary>
    public Bottleneck Bottleneck { get; init; }
}

/// <summary>A distribution in two numbers.</summary>
/// <param name="Mean">Its mean.</param>
/// <param name="P95">Its 95th percentile.</param>
public sealed record Spread(double Mean, double P95)
{
    /// <summary>Of some values; zeros if there are none.</summary>
    internal static Spread Of(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
        {
            return new(0, 0);
        }

        var ordered = values.Order().ToArray();
        return new(ordered.Average(), ordered[(int)Math.Ceiling(0.95 * ordered.Length) - 1]);
    }
}

/// <summary>What holds the throughput of a search back.</summary>
public enum Bottleneck
{
    /// <summary>Slots are at work all the time, or more jobs wait than there are slots: more evaluators would help.</summary>
    Evaluators,
    /// <summary>Slots wait for work although nobody else is busy: islands have too few births in flight.</summary>
    Window,
    /// <summary>The broker, which is one actor.</summary>
    Broker,
    /// <summary>The cores of the search node.</summary>
    SearchNode,
    /// <summary>The journal, which is always writing: islands wait until their rows are durable.</summary>
    Journal,
}
