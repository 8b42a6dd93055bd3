namespace LossActors.Evolution.Candidates;

/// <summary>Names a candidate within a run.</summary>
/// <param name="Island">The island that proposed it, from 0.</param>
/// <param name="Birth">Its number in that island's order of proposals, from 1.</param>
public readonly record struct CandidateId(int Island, int Birth) : IComparable<CandidateId>
{
    /// <summary>By island, then birth.</summary>
    public int CompareTo(CandidateId other) =>
        Island != other.Island ? Island.CompareTo(other.Island) : Birth.CompareTo(other.Birth);

    /// <summary>As in the record: <c>2:17</c> is the 17th birth of island 2.</summary>
    public override string ToString() => $"{Island}:{Birth}";

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static CandidateId Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return new(int.Parse(text.AsSpan(0, colon), provider: null), int.Parse(text.AsSpan(colon + 1), provider: null));
    }
}
