using LossActors.Actors.Record;

namespace LossActors.Cli.Report;

/// <summary>What a report is made of: a run as its record has it.</summary>
internal sealed record ReportData
{
    /// <summary>The run and its hall of fame.</summary>
    public required RunDetails Run { get; init; }

    /// <summary>Every judged candidate, in the order of the verdicts.</summary>
    public required IReadOnlyList<CandidateRow> Candidates { get; init; }

    /// <summary>Every accepted migrant.</summary>
    public required IReadOnlyList<MigrantRow> Migrants { get; init; }

    /// <summary>What the gates did.</summary>
    public required IReadOnlyList<GateRow> Gates { get; init; }

    /// <summary>Refined candidates beside their parents.</summary>
    public required IReadOnlyList<RefinementRow> Refinements { get; init; }

    /// <summary>The best loss and its ancestors, itself first; empty without one.</summary>
    public required IReadOnlyList<CandidateRow> Lineage { get; init; }

    /// <summary>The best loss; null without one.</summary>
    public HallOfFameRow? Best => Run.HallOfFame is [var best, ..] ? best : null;

    /// <summary>Whether the metric is a squared error.</summary>
    public bool IsRegression => Run.Metric == "mse";

    /// <summary>Reads it all from a record.</summary>
    public static ReportData Read(RecordReader reader, string run)
    {
        var details = reader.Show(run);
        return new ReportData
        {
            Run = details,
            Candidates = reader.Candidates(run),
            Migrants = reader.Migrants(run),
            Gates = reader.Gates(run),
            Refinements = reader.Refinements(run),
            Lineage = details.HallOfFame is [var best, ..] ? reader.Lineage(run, best.Candidate) : [],
        };
    }
}
