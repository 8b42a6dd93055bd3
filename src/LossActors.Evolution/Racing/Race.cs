using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Randomness;

namespace LossActors.Evolution.Racing;

/// <summary>Fixes the rungs of a candidate's training when it is born, the one moment whose past is the same in strict mode however findings are timed.</summary>
internal static class Race
{
    /// <summary>From the lowest rung to the training's end; none without racing.</summary>
    public static ImmutableArray<Rung> Of(IslandState state, int birth, Origin origin)
    {
        var settings = state.Settings.Racing;
        if (!settings.Enabled)
        {
            return [];
        }

        var spared = IsSpared(state.Settings, birth, origin);
        var rungs = new Rung[settings.Rungs + 1];
        var divisor = 1;
        for (var i = settings.Rungs; i >= 0; i--)
        {
            rungs[i] = new(divisor, spared ? null : state.Rungs.Bar(i, settings));
            divisor *= settings.ReductionFactor;
        }

        return [.. rungs];
    }

    // A refinement has cost more than its training, and its parent went all the way.
    private static bool IsSpared(IslandSettings settings, int birth, Origin origin) =>
        origin == Origin.Refinement
        || RandomStream.For(settings.Seed, (ulong)settings.Island, (ulong)birth, Purpose.Racing).NextBool(settings.Racing.Spared);
}
