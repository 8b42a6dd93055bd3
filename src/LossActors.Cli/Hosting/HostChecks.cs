using System.Net;
using System.Net.Sockets;
using LossActors.Actors.Persistence;
using LossActors.Learning.Diagnostics;
using Microsoft.Data.Sqlite;

namespace LossActors.Cli.Hosting;

/// <summary>What a search node needs of this machine besides training: a database it can write, a port it can open.</summary>
internal static class HostChecks
{
    /// <summary>Writes a small SQLite database where the data folder is or would be made, and takes it away again; looks at the real one if there is one.</summary>
    public static DoctorCheck Database(DataFolder folder)
    {
        const string Name = "database";
        var place = Existing(folder.Root);
        var probe = Path.Combine(place, $".lossactors-{Guid.NewGuid():N}.db");
        try
        {
            if (folder.Exists)
            {
                using var runs = Actors.Record.RecordReader.Open(folder);
                return new DoctorCheck(Name, true, $"{folder.Database} can be read: {runs.List().Count} runs");
            }

            using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = probe, Pooling = false }.ToString()))
            {
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA journal_mode = WAL; CREATE TABLE probe (id INTEGER); INSERT INTO probe VALUES (1);";
                command.ExecuteNonQuery();
            }

            return new DoctorCheck(Name, true, $"SQLite can write in {place}");
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or DatabaseException)
        {
            return new DoctorCheck(Name, false, $"{(folder.Exists ? folder.Database : place)}: {UserErrors.OneLine(e.Message)}", "name a folder on a local disk that you may write to with --data-dir");
        }
        finally
        {
            foreach (var file in (string[])[probe, probe + "-wal", probe + "-shm"])
            {
                if (File.Exists(file))
                {
                    File.Delete(file);
                }
            }
        }
    }

    /// <summary>Opens a port of the loopback interface, by which evaluator processes join, and connects to it.</summary>
    public static DoctorCheck LoopbackPort()
    {
        const string Name = "loopback port";
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            using var client = new TcpClient();
            client.Connect((IPEndPoint)listener.LocalEndpoint);
            return new DoctorCheck(Name, true, "a port of 127.0.0.1 can be opened and reached");
        }
        catch (SocketException e)
        {
            return new DoctorCheck(Name, false, UserErrors.OneLine(e.Message), "evaluators join over 127.0.0.1: allow local connections in the firewall or sandbox");
        }
    }

    // The nearest folder above that exists: nothing is created by looking.
    private static string Existing(string path)
    {
        while (!Directory.Exists(path) && Path.GetDirectoryName(path) is { } parent)
        {
            path = parent;
        }

        return path;
    }
}
