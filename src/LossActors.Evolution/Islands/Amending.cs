using LossActors.Evolution.Populations;

namespace LossActors.Evolution.Islands;

/// <summary>Other settings for an island that has begun. What its births so far were made under stays as it was: only what comes after them changes.</summary>
internal static class Amending
{
    /// <summary>Whether settings may follow others: whatever numbers births, draws them, orders them or compares them is fixed for good.</summary>
    public static bool MayFollow(IslandSettings settings, IslandSettings after) =>
        after.Island == settings.Island
        && after.Seed == settings.Seed
        && after.Strict == settings.Strict
        && after.Schedule == settings.Schedule
        && (after.Population == settings.Population || settings.Schedule == Schedule.SteadyState)
        && after.InitialPopulation == settings.InitialPopulation
        && after.RandomSearch == settings.RandomSearch
        && after.Racing == settings.Racing
        && after.Tasks == settings.Tasks
        && after.WarmStarts.SequenceEqual(settings.WarmStarts)
        && (!settings.IsClosed || after.IsClosed);

    /// <exception cref="ArgumentException">The settings contradict themselves, or what is fixed.</exception>
    public static IslandEvent.Amended Answer(IslandState state, IslandCommand.Amend amend)
    {
        SettingsRules.Check(amend.Settings);

        // An added island has begun nothing yet, and so has nothing to keep.
        return state is { Settings.IsAdded: true, Revision: 0 } || MayFollow(state.Settings, amend.Settings)
            ? new(amend.Revision, amend.Settings)
            : throw new ArgumentException($"island settings: revision {amend.Revision} of island {state.Settings.Island} changes what is fixed once an island has begun");
    }

    /// <summary>Goes on under the new settings. Epochs are counted anew where their interval changed, or many would be due at once.</summary>
    public static IslandState Apply(IslandState state, IslandEvent.Amended amended) => state with
    {
        Settings = amended.Settings,
        Revision = amended.Revision,
        Population = amended.Settings.Schedule == Schedule.SteadyState ? Replacement.Shrunk(state.Population, amended.Settings) : state.Population,
        IntervalSince = amended.Settings.MigrationInterval == state.Settings.MigrationInterval ? state.IntervalSince : new(state.Epoch, state.Judged),
    };
}
