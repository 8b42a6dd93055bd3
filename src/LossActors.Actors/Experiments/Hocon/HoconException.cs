namespace LossActors.Actors.Experiments.Hocon;

/// <summary>Text that is not the HOCON that experiments may use.</summary>
/// <param name="line">Where, from 1.</param>
/// <param name="problem">What is wrong and what to do, without the position.</param>
internal sealed class HoconException(int line, string problem) : Exception($"line {line}: {problem}")
{
    /// <summary>Where, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>What is wrong and what to do, without the position.</summary>
    public string Problem { get; } = problem;
}
