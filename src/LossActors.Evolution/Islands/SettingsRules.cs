using LossActors.Evolution.Migration;
using LossActors.Evolution.Variation;
using LossActors.Expressions;

namespace LossActors.Evolution.Islands;

/// <summary>What settings must fulfil for an island to be able to make candidates at all.</summary>
internal static class SettingsRules
{
    public static void Check(IslandSettings settings)
    {
        Require(settings.Population >= 1, $"population is {settings.Population}; it must be at least 1");
        Require(settings.InitialPopulation >= 0, $"initial population is {settings.InitialPopulation}; it must not be negative");
        Require(
            settings.InitialPopulation == 0 || settings.Schedule == Schedule.SteadyState,
            "an initial population is for the steady-state schedule; where generations follow each other, the first one is it");
        Require(settings.Window >= 1, $"window is {settings.Window}; it must be at least 1");
        Require(settings.TournamentSize >= 1, $"tournament size is {settings.TournamentSize}; it must be at least 1");
        Require(settings.Elites >= 0, $"elites is {settings.Elites}; it must not be negative");
        Require(settings.MaxHeight >= 1, $"maximum height is {settings.MaxHeight}; a loss needs at least 1");
        Require(settings.MaxNodes >= 3, $"maximum number of nodes is {settings.MaxNodes}; a loss needs at least 3");
        Require(
            settings.MinInitialHeight >= 0 && settings.MinInitialHeight <= settings.MaxInitialHeight && settings.MaxInitialHeight <= settings.MaxHeight,
            $"initial heights {settings.MinInitialHeight} to {settings.MaxInitialHeight} do not fit below the maximum height {settings.MaxHeight}");
        Require(
            settings.Primitives.Contains(Primitive.Y) && settings.Primitives.Contains(Primitive.F),
            "the primitives lack y or f; a loss needs both");
        Require(settings.Primitives.Any(p => p.Arity() == 2), "the primitives lack a function of two arguments; a loss needs one to combine y and f");
        Require(
            settings.Variation.All(v => VariationTable.Contains(v.Key) && double.IsFinite(v.Value) && v.Value >= 0),
            "variation weights must be finite, not negative, and name variation operators");
        Require(settings.WarmStarts.All(e => e.IsLoss), "a warm start lacks y or f; a loss needs both");
        Require(
            settings.Neighbours.Concat(settings.Pullers).All(link => link.Weight is > 0 and <= 1),
            "the weight of a link is a probability, above 0 and at most 1");
        Require(settings.StagnationAfter >= 0, $"stagnation after {settings.StagnationAfter} births; it must not be negative");
        Require(
            settings.StagnationAction == StagnationAction.Reset || !settings.Strict,
            "a strict island spawns none: when the new one began would depend on timing");
        Require(
            !settings.IsThroughHallOfFame || settings.MigrationHandling == MigrationHandling.Preserve,
            "who goes through the hall of fame stays a member; it cannot be evicted");
        var racing = settings.Racing;
        Require(racing.ReductionFactor is >= 2 and <= 10, $"racing's reduction factor is {racing.ReductionFactor}; it must be between 2 and 10");
        Require(racing.Rungs is >= 0 and <= 6, $"racing's rungs are {racing.Rungs}; there must be between 0 and 6");
        Require(racing.WarmUp >= 1, $"racing's warm-up is {racing.WarmUp}; it must be at least 1");
        Require(racing.Spared is >= 0 and <= 1, "the share that racing spares must be between 0 and 1");
        Require(settings.Variation.Values.Sum() > 0, "at least one variation operator needs a weight above 0");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ArgumentException($"island settings: {otherwise}");
        }
    }
}
