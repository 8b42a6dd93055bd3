using LossActors.Actors.Persistence;
using LossActors.Actors.Tests.Databases;
using Npgsql;

namespace LossActors.Actors.Tests;

/// <summary>A data folder of a test's own, deleted afterwards, and a database: the SQLite file in it, or a new one of a server.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder(PostgresServer? server = null)
    {
        Data = new DataFolder(Path.Combine(Path.GetTempPath(), "lossactors-" + Guid.NewGuid().ToString("N")));
        Database = server is null ? new SqliteDatabase(Data) : new PostgresDatabase(Data, server.CreateDatabase());
    }

    public DataFolder Data { get; }

    public Database Database { get; }

    public void Dispose()
    {
        if (Database is PostgresDatabase)
        {
            // A server has only so many connections, and each test leaves some open.
            NpgsqlConnection.ClearAllPools();
        }

        if (Directory.Exists(Data.Root))
        {
            Directory.Delete(Data.Root, recursive: true);
        }
    }
}
