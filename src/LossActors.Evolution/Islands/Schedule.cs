namespace LossActors.Evolution.Islands;

/// <summary>When offspring are made.</summary>
public enum Schedule
{
    /// <summary>One as soon as one is judged; nobody waits.</summary>
    SteadyState,
    /// <summary>A whole generation at once, when the last one has been judged.</summary>
    Generational,
}
