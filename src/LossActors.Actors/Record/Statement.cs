using System.Data;
using System.Data.Common;

namespace LossActors.Actors.Record;

/// <summary>A statement that is prepared once and run many times. Its parameters are numbered: <c>$1</c>, <c>$2</c>.</summary>
internal sealed class Statement : IDisposable
{
    /// <summary>What a parameter is: text.</summary>
    public const DbType Text = DbType.String;

    /// <summary>A whole number.</summary>
    public const DbType Whole = DbType.Int64;

    /// <summary>A floating-point number.</summary>
    public const DbType Real = DbType.Double;

    private readonly DbCommand _command;

    /// <param name="connection">Open as long as the statement is.</param>
    /// <param name="dialect">What the database speaks.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="parameters">What each parameter is.</param>
    public Statement(DbConnection connection, SqlDialect dialect, string sql, params ReadOnlySpan<DbType> parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        foreach (var type in parameters)
        {
            var parameter = _command.CreateParameter();
            parameter.ParameterName = dialect.Parameter(_command.Parameters.Count + 1);
            parameter.DbType = type;
            _command.Parameters.Add(parameter);
        }

        _command.Prepare();
    }

    /// <summary>Runs it.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(DbTransaction transaction, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        return _command.ExecuteNonQuery();
    }

    /// <summary>Runs it and reads what it returns; to be disposed of.</summary>
    public DbDataReader Read(DbTransaction transaction, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        return _command.ExecuteReader();
    }

    public void Dispose() => _command.Dispose();

    private void Bind(DbTransaction transaction, ReadOnlySpan<object?> values)
    {
        _command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }
}
