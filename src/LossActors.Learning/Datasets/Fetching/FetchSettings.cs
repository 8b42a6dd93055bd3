namespace LossActors.Learning.Datasets.Fetching;

/// <summary>How patient a download is.</summary>
internal sealed record FetchSettings
{
    /// <summary>Tries in a row that bring next to nothing before it is given up.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>The pause before the second try; each further one is twice as long.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A connection that brings nothing for so long is taken for broken.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);
}
