namespace LossActors.Expressions.Compilation;

/// <summary>Where a block keeps what: the first slots are the same for every expression.</summary>
internal static class Slot
{
    public const int Y = 0;
    public const int F = 1;
    public const int One = 2;
    public const int MinusOne = 3;
    public const int Zero = 4;
    public const int U = 5;
    public const int Result = 6;
    public const int FirstOwn = 7;
}
