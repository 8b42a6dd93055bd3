using System.Globalization;

namespace LossActors.Actors.Record;

/// <summary>SQLite's SQL, in which the scripts are written.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    public static SqliteDialect Instance { get; } = new();

    public override string Tables => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";

    public override string? LockSchema => null;

    public override IReadOnlyList<string> Scripts { get; } = ["record"];

    public override string Translate(string script) => script;

    public override string Elements(string column, string name) => $"json_each({column}) {name}";

    public override string Parameter(int number) => string.Create(CultureInfo.InvariantCulture, $"${number}");
}
