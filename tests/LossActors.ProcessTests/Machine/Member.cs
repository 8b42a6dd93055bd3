namespace LossActors.ProcessTests.Machine;

/// <summary>A search node of a run that is spread over several, and where it listens.</summary>
/// <param name="Host">The host that it is on; null: this machine itself.</param>
/// <param name="Port">Its port.</param>
/// <param name="Process">Its process.</param>
internal sealed record Member(IsolatedHost? Host, int Port, LossActorsProcess Process)
{
    /// <summary>As the others are told to join it.</summary>
    public string Address => $"{Host?.Address ?? "127.0.0.1"}:{Port}";

    /// <summary>How often it has found out that the others had gone on without it.</summary>
    public int Removals => Process.Error.Lines.Count(IsRemoval);

    /// <summary>How often it has come back since.</summary>
    public int Returns => Process.Error.Lines.SkipWhile(line => !IsRemoval(line)).Count(line => line.StartsWith("joined", StringComparison.Ordinal) || line.Contains("waits for others", StringComparison.Ordinal));

    // In the words of `run`, and in those of `node`.
    private static bool IsRemoval(string line) => line.Contains("where the run goes on", StringComparison.Ordinal) || line.StartsWith("removed from the cluster", StringComparison.Ordinal);
}
