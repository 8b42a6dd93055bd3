namespace LossActors.Actors.Record;

/// <summary>Counts what agrees, and keeps the first differences.</summary>
internal sealed class VerificationTally
{
    private const int Shown = 20;

    public int Checked { get; private set; }

    public int Agreeing { get; private set; }

    public List<string> Differences { get; } = [];

    public void Check(bool agrees, Func<string> otherwise)
    {
        Checked++;
        Agreeing += agrees ? 1 : 0;
        if (!agrees && Differences.Count < Shown)
        {
            Differences.Add(otherwise());
        }
    }

    /// <summary>Whether a number is the recorded one, bit for bit; one that is missing there is +∞.</summary>
    public static bool SameBits(double derived, double? recorded) => BitConverter.DoubleToInt64Bits(derived) == BitConverter.DoubleToInt64Bits(recorded ?? double.PositiveInfinity);
}
