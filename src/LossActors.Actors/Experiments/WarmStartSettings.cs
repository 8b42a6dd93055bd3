using System.Collections.Immutable;
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

    /// <summary>What an island tries first, in this order.</summary>
    /// <param name="island">From 0.</param>
    /// <param name="islands">How many there are.</param>
    /// <exception cref="InvalidOperationException">They were not found yet.</exception>
    internal ImmutableArray<Expression> OnIsland(int island, int islands) => IsResolved
        ? [.. Expressions.Where((_, i) => Distribution == WarmStartDistribution.Everywhere || i % islands == island).Select(Expression.Parse)]
        : throw new InvalidOperationException("The warm starts of this experiment have not been found yet.");
}

/// <summary>How warm starts are shared among islands.</summary>
public enum WarmStartDistribution
{
    /// <summary>One after the other, each to the next island in turn; migration carries what is good on.</summary>
    Deal,
    /// <summary>Each to all islands, each of which spends a birth on it.</summary>
    Everywhere,
}
