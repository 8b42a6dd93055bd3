using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Randomness;

namespace LossActors.Evolution.Selection;

/// <summary>
/// Tournament selection with lexicographic parsimony pressure (Luke and Panait, GECCO 2002): the fittest of those drawn
/// wins, among equally fit ones the smallest.
/// </summary>
internal static class Tournament
{
    /// <summary>Draws <paramref name="size"/> members with replacement and returns the best of them.</summary>
    public static Individual Select(ImmutableArray<Individual> members, int size, RandomStream random)
    {
        var winner = members[random.NextInt(members.Length)];
        for (var i = 1; i < size; i++)
        {
            var rival = members[random.NextInt(members.Length)];
            winner = Individual.Best.Compare(rival, winner) < 0 ? rival : winner;
        }

        return winner;
    }
}
