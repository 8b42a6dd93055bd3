using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LossActors.Studies.Table;

/// <summary>One search of a cell, as its run's record tells it, and its winner on the test part.</summary>
internal sealed record CellSearch
{
    /// <summary>Seed of the search.</summary>
    public required int Seed { get; init; }

    /// <summary>Id of the run.</summary>
    public required string Run { get; init; }

    /// <summary>Candidates judged.</summary>
    public required int Evaluations { get; init; }

    /// <summary>Candidates trained to the end.</summary>
    public required int Trained { get; init; }

    /// <summary>Training steps spent, as the program counts them.</summary>
    public required long TrainingSteps { get; init; }

    /// <summary>Seconds at work.</summary>
    public required double Seconds { get; init; }

    /// <summary>The winner as people read it; null: no candidate passed.</summary>
    public string? Loss { get; init; }

    /// <summary>Its fitness in the search, which selected it; null where nothing was selected by it.</summary>
    public double? SearchFitness { get; init; }

    /// <summary>Its validation error on each fresh network.</summary>
    public ImmutableArray<double> Validation { get; init; } = [];

    /// <summary>Meta-test on the test part; null without a loss.</summary>
    public TestResult? Test { get; init; }

    /// <summary>The mean validation error on fresh networks; +∞ without any.</summary>
    [JsonIgnore]
    public double ValidationError => Validation.IsEmpty ? double.PositiveInfinity : Validation.Average();
}
