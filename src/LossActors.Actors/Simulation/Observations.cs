namespace LossActors.Actors.Simulation;

/// <summary>What is counted while a simulation runs.</summary>
/// <param name="budget">Verdicts that there will be.</param>
internal sealed class Observations(int budget)
{
    private readonly List<double> _births = new(budget);
    private readonly List<double> _seconds = new(budget);
    private TimeSpan _worked;
    private TimeSpan _since;
    private int _working;

    /// <summary>Verdicts so far.</summary>
    public int Candidates => _births.Count;

    /// <summary>Processes that died so far.</summary>
    public int Deaths { get; private set; }

    /// <summary>A candidate has its verdict.</summary>
    /// <param name="births">Births of its island since its own.</param>
    /// <param name="passed">Time since then.</param>
    public void Judged(int births, TimeSpan passed)
    {
        _births.Add(births);
        _seconds.Add(passed.TotalSeconds);
    }

    /// <summary>A slot begins to work.</summary>
    public void Begin(TimeSpan now) => Count(now, +1);

    /// <summary>A slot has ended its work, or was ended.</summary>
    public void End(TimeSpan now) => Count(now, -1);

    /// <summary>A process has died.</summary>
    public void Died() => Deaths++;

    /// <summary>Slots at work, times how long.</summary>
    public TimeSpan Worked(TimeSpan now) => _worked + (_working * (now - _since));

    /// <summary>The staleness of some candidates, in births and in seconds.</summary>
    public (Spread Births, Spread Seconds) Staleness(int first, int count) => (Spread.Of(_births.GetRange(first, count)), Spread.Of(_seconds.GetRange(first, count)));

    private void Count(TimeSpan now, int change)
    {
        _worked = Worked(now);
        (_since, _working) = (now, _working + change);
    }
}
