namespace LossActors.Evolution.Islands;

/// <summary>What offspring have of what a refinement found out (Hinton and Nowlan, "How Learning Can Guide Evolution", 1987).</summary>
public enum Inheritance
{
    /// <summary>The tuned coefficients.</summary>
    Lamarckian,
    /// <summary>The coefficients as they were before: tuning raises the fitness, and so the chance of offspring, but is not passed on.</summary>
    Baldwinian,
}
