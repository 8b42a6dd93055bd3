using System.Text.RegularExpressions;

namespace LossActors.Actors.Record;

/// <summary>PostgreSQL's SQL.</summary>
internal sealed partial class PostgresDialect : SqlDialect
{
    public static PostgresDialect Instance { get; } = new();

    public override string Tables => "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p')";

    // Any number that nobody else takes.
    public override string? LockSchema => "SELECT pg_advisory_xact_lock(5501745370846137)";

    public override IReadOnlyList<string> Scripts { get; } = ["record", "postgres"];

    public override string Translate(string script) => Days().Replace(
        script.Replace("CREATE VIEW IF NOT EXISTS", "CREATE OR REPLACE VIEW", StringComparison.Ordinal),
        "CAST(extract(epoch FROM CAST($1 AS timestamptz) - CAST($2 AS timestamptz)) AS DOUBLE PRECISION)");

    public override string Elements(string column, string name) => $"json_array_elements_text(CAST({column} AS json)) AS {name}(value)";

    // By its place.
    public override string Parameter(int number) => "";

    [GeneratedRegex(@"\(julianday\((.+?)\) - julianday\((.+?)\)\) \* 86400\.0")]
    private static partial Regex Days();
}
