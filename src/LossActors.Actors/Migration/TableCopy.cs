using System.Data;
using System.Data.Common;
using Dapper;
using LossActors.Actors.Record;

namespace LossActors.Actors.Migration;

/// <summary>Copies rows of a table that has the same name and columns in two databases.</summary>
/// <param name="source">Read from.</param>
/// <param name="target">Written to.</param>
/// <param name="dialect">What the target speaks.</param>
/// <param name="transaction">Of the target.</param>
internal sealed class TableCopy(DbConnection source, DbConnection target, SqlDialect dialect, DbTransaction transaction)
{
    /// <summary>Copies the rows whose key has a value, and counts them on both sides.</summary>
    /// <param name="table">The table.</param>
    /// <param name="key">A column of text.</param>
    /// <param name="value">Its value.</param>
    /// <param name="without">A column that the target numbers by itself, which also gives the order; null: none.</param>
    /// <returns>How many.</returns>
    /// <exception cref="MigrationException">The target has not as many afterwards as the source.</exception>
    public long Copy(string table, string key, string value, string? without = null)
    {
        var columns = Columns(table).Where(column => column.Name != without).ToList();
        var names = string.Join(", ", columns.Select(column => $"\"{column.Name}\""));
        using var insert = new Statement(
            target,
            dialect,
            $"INSERT INTO {table}({names}) VALUES ({string.Join(", ", columns.Select((_, i) => $"${i + 1}"))})",
            [.. columns.Select(column => Kind(column.Type))]);
        using var select = source.CreateCommand();
        select.CommandText = $"SELECT {names} FROM {table} WHERE {key} = @value{(without is null ? "" : $" ORDER BY {without}")}";
        var parameter = select.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@value", value);
        select.Parameters.Add(parameter);
        using (var rows = select.ExecuteReader())
        {
            var values = new object?[columns.Count];
            while (rows.Read())
            {
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = Fit(rows.GetValue(i), columns[i].Type);
                }

                insert.Execute(transaction, values);
            }
        }

        var counting = $"SELECT count(*) FROM {table} WHERE {key} = @value";
        var (there, here) = (source.ExecuteScalar<long>(counting, new { value }), target.ExecuteScalar<long>(counting, new { value }, transaction));
        return here == there ? here : throw new MigrationException($"table {table} has {there} rows of {value}, but its copy would have {here}; nothing was copied");
    }

    private List<(string Name, Type Type)> Columns(string table)
    {
        using var command = target.CreateCommand();
        command.CommandText = $"SELECT * FROM {table} WHERE 1 = 0";
        command.Transaction = transaction;
        using var reader = command.ExecuteReader();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => (reader.GetName(i), reader.GetFieldType(i)))];
    }

    // Smaller numbers are made so by the server.
    private static DbType Kind(Type column) =>
        column == typeof(bool) ? DbType.Boolean
        : column == typeof(double) ? Statement.Real
        : column == typeof(byte[]) ? DbType.Binary
        : column == typeof(string) ? Statement.Text
        : Statement.Whole;

    // SQLite has numbers for truth.
    private static object? Fit(object value, Type column) => value switch
    {
        long number when column == typeof(bool) => number != 0,
        bool truth when column != typeof(bool) => truth ? 1L : 0L,
        _ => value,
    };
}
