using LossActors.Actors.Record;

namespace LossActors.Cli.Display;

/// <summary>One island as a display shows it.</summary>
internal sealed class IslandView(int number)
{
    public int Number => number;

    public int Judged { get; private set; }

    public int Trained { get; private set; }

    public int Migrants { get; set; }

    public double? Best { get; private set; }

    public void Count(TallyRow tally)
    {
        Judged += tally.Candidates;
        Trained += tally.Verdict == "trained" ? tally.Candidates : 0;
        if (tally.Best < (Best ?? double.PositiveInfinity))
        {
            Best = tally.Best;
        }
    }
}
