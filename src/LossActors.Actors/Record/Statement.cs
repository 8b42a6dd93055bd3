using System.Globalization;
using Microsoft.Data.Sqlite;

namespace LossActors.Actors.Record;

/// <summary>A statement that is prepared once and run many times. Its parameters are numbered: <c>?1</c>, <c>?2</c>.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    public Statement(SqliteConnection connection, string sql, int parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        for (var i = 1; i <= parameters; i++)
        {
            _command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"?{i}") });
        }
    }

    /// <summary>Runs it.</summary>
    public void Execute(SqliteTransaction transaction, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        _command.ExecuteNonQuery();
    }

    /// <summary>Runs it and reads what it returns; to be disposed of.</summary>
    public SqliteDataReader Read(SqliteTransaction transaction, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        return _command.ExecuteReader();
    }

    public void Dispose() => _command.Dispose();

    private void Bind(SqliteTransaction transaction, ReadOnlySpan<object?> values)
    {
        _command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }
}
