namespace LossActors.Evolution.Racing;

/// <summary>A point of a candidate's first training at which its validation error is measured, and may stop it.</summary>
/// <param name="Divisor">It lies after one so-manieth of the steps, rounded down but after the first one; 1: at the end.</param>
/// <param name="Bar">A candidate with a greater error stops; null: nobody does.</param>
public readonly record struct Rung(int Divisor, double? Bar)
{
    /// <summary>After how many steps of a training.</summary>
    /// <param name="steps">The whole training's.</param>
    public int Step(int steps) => Math.Max(1, steps / Divisor);
}
