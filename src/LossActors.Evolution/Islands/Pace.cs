namespace LossActors.Evolution.Islands;

/// <summary>How far an island may go: which births it may propose, and in strict mode whose turn it is.</summary>
/// <remarks>
/// Strict mode makes the sequence of proposals, judgements and migrations a function of what was found, not of when.
/// It rests on three rules. (1) A passed screen is consumed when every earlier birth is past the gates, so the
/// equivalence archive fills in birth order. (2) Births are judged in birth order. (3) Between two judgements everything
/// that the first one allows happens: its epoch's emigrants are put out, the neighbours' are received, and all births
/// within the horizon are proposed; where a grant is needed for that, the island waits for the grant. No rule waits for
/// anything but evaluators, grants and epochs that the neighbours reach by themselves, so nothing can deadlock.
/// </remarks>
internal static class Pace
{
    /// <summary>The last birth that may be proposed before another one is judged, budget aside.</summary>
    public static int Horizon(IslandState state) => state.Settings.Schedule switch
    {
        Schedule.Generational => ((state.Judged / state.Settings.Population) + 1) * state.Settings.Population,
        _ => state.Judged + state.Settings.Window,
    };

    /// <summary>Whether the next birth may be proposed.</summary>
    public static bool MayPropose(IslandState state) => IsAtWork(state) && state.Proposed < Math.Min(Horizon(state), state.Budget.Granted);

    /// <summary>Whether it is to propose at all: it has all that it needs to begin with, and nobody has paused it.</summary>
    public static bool IsAtWork(IslandState state) =>
        !state.Settings.IsPaused && !(state.Settings.IsAdded && state.Revision == 0) && Settling.From(state) is null;

    /// <summary>Whether a birth may be judged: always, but for strict mode's third rule.</summary>
    public static bool MayJudge(IslandState state) =>
        !state.Settings.Strict || state.IsSpent || state.Proposed >= Horizon(state);

    /// <summary>Births in flight that an island is to hold; it asks for a grant when fewer unspent ones are left.</summary>
    public static int Reserve(IslandSettings settings) =>
        settings.Schedule == Schedule.Generational ? settings.Population : settings.Window;

    /// <summary>Strict mode's first rule: consumes the screens whose turn has come.</summary>
    public static IslandState TakeTurns(IslandState state)
    {
        foreach (var candidate in state.InFlight.Values)
        {
            if (candidate.Waiting is { } screened)
            {
                state = Progress.PassedGates(state, candidate with { Waiting = null }, screened);
            }
            else if (!candidate.IsPastGates)
            {
                break;
            }
        }

        return state;
    }
}
