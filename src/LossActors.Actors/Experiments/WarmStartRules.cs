using System.Globalization;
using LossActors.Evolution.Islands;
using LossActors.Expressions;
using LossActors.Expressions.Canonical;

namespace LossActors.Actors.Experiments;

/// <summary>What a warm start must fulfil, as every candidate of the search does: y and f, allowed primitives, the caps.</summary>
internal static class WarmStartRules
{
    /// <summary>Why a loss may not start a search, as the end of a sentence about it; null: it may.</summary>
    /// <param name="loss">The loss as it was written: the canonical form may spell allowed functions with others.</param>
    /// <param name="settings">The search's.</param>
    public static string? Problem(Expression loss, IslandSettings settings)
    {
        var canonical = Canonicalizer.Canonical(loss);
        var strange = loss.Select(n => n.Primitive).Except(settings.Primitives).Select(p => p.Name()).FirstOrDefault();
        return loss switch
        {
            { IsLoss: false } => "is no loss: it needs both y and f",
            _ when !canonical.IsLoss => $"is no loss: it simplifies to {Shown.Bare(canonical.ToString())}",
            _ when strange is not null => $"uses {strange}, which experiment.search.primitives leaves out",
            _ when canonical.Height > settings.MaxHeight => Say($"is {canonical.Height} high, above experiment.search.max-height ({settings.MaxHeight})"),
            _ when canonical.Count > settings.MaxNodes => Say($"has {canonical.Count} nodes, above experiment.search.max-nodes ({settings.MaxNodes})"),
            _ => null,
        };
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
