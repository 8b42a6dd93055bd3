using System.Globalization;

namespace LossActors.Actors.Persistence;

/// <summary>Persistence ids: <c>run-ID</c> and <c>island-ID-N</c>.</summary>
/// <param name="Run">The run.</param>
/// <param name="Island">The island; null for the run itself.</param>
internal readonly record struct JournalId(string Run, int? Island = null)
{
    public override string ToString() => Island is { } island ? string.Create(CultureInfo.InvariantCulture, $"island-{Run}-{island}") : $"run-{Run}";

    /// <summary>Under what name the run's islands are sharded, and remembered in journals of that sharding's own.</summary>
    public string Sharding => $"islands-{Run}";

    public static JournalId Parse(string persistenceId)
    {
        if (persistenceId.StartsWith("run-", StringComparison.Ordinal))
        {
            return new(persistenceId[4..]);
        }

        var dash = persistenceId.LastIndexOf('-');
        return persistenceId.StartsWith("island-", StringComparison.Ordinal)
            ? new(persistenceId[7..dash], int.Parse(persistenceId.AsSpan(dash + 1), CultureInfo.InvariantCulture))
            : throw new FormatException($"'{persistenceId}' is no journal of a run.");
    }
}
