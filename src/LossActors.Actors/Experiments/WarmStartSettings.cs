using System.Collections.Immutable;
using LossActors.Evolution.Islands;
using LossActors.Expressions;

namespace LossActors.Actors.Experiments;

/// <summary>
/// The losses that a search tries before anything random. They are found when a run is founded; a run's own experiment holds them as <see cref="Expressions"/>
/// and nothing else, so that it never asks for a name, a file or another run again.
/// </summary>
public sealed record WarmStartSettings
{
    /// <summary>Names of known losses, taken in the form that fits the task.</summary>
    public ImmutableArray<string> Losses { get; init; } = [];

    /// <summary>Expressions.</summary>
    public ImmutableArray<string> Expressions { get; init; } = [];

    /// <summary>A file with an expression per line; null: none.</summary>
    public string? File { get; init; }

    /// <summary>Runs, whose halls of fame are taken, or single places in them: <c>RUN#3</c>.</summary>
    public ImmutableArray<string> Runs { get; init; } = [];

    /// <summary>Which islands get which.</summary>
    public WarmStartDistribution Distribution { get; init; }

    /// <summary>Whether all that is left to be found is found.</summary>
    public bool IsResolved => Losses.IsEmpty && File is null && Runs.IsEmpty;

    /// <summary>What each island tries first, in this order. Where islands differ, only those get a loss that could make it themselves.</summary>
    /// <param name="islands">All of them.</param>
    /// <param name="areAlike">They do not differ.</param>
    /// <exception cref="InvalidOperationException">They were not found yet.</exception>
    internal ImmutableArray<ImmutableArray<Expression>> Deal(ImmutableArray<IslandSettings> islands, bool areAlike)
    {
        if (!IsResolved)
        {
            throw new InvalidOperationException("The warm starts of this experiment have not been found yet.");
        }

        var dealt = islands.Select(_ => ImmutableArray.CreateBuilder<Expression>()).ToArray();
        foreach (var (number, loss) in Expressions.Select(Expression.Parse).Index())
        {
            var takers = dealt.Where((_, i) => areAlike || WarmStartRules.Problem(loss, islands[i]) is null).ToArray();
            foreach (var taker in Distribution == WarmStartDistribution.Everywhere || takers.Length == 0 ? takers : [takers[number % takers.Length]])
            {
                taker.Add(loss);
            }
        }

        return [.. dealt.Select(losses => losses.DrainToImmutable())];
    }
}

/// <summary>How warm starts are shared among islands.</summary>
public enum WarmStartDistribution
{
    /// <summary>One after the other, each to the next island in turn; migration carries what is good on.</summary>
    Deal,
    /// <summary>Each to all islands, each of which spends a birth on it.</summary>
    Everywhere,
}
