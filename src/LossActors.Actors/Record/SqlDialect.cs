namespace LossActors.Actors.Record;

/// <summary>The little in which the record's SQL differs from database to database; all else is written once for all of them.</summary>
internal abstract class SqlDialect
{
    /// <summary>A query for the names of all tables.</summary>
    public abstract string Tables { get; }

    /// <summary>A statement that makes others who change the schema wait until the transaction ends; null: beginning one does.</summary>
    public abstract string? LockSchema { get; }

    /// <summary>The scripts that make the schema.</summary>
    public abstract IReadOnlyList<string> Scripts { get; }

    /// <summary>A script, which is written for SQLite, as this database takes it.</summary>
    public abstract string Translate(string script);

    /// <summary>An item of FROM: the elements of a column's JSON array, as <c>name.value</c>.</summary>
    public abstract string Elements(string column, string name);

    /// <summary>What a parameter is called that a statement has as <c>$1</c>.</summary>
    public abstract string Parameter(int number);
}
