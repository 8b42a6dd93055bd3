using System.Net;
using System.Net.Sockets;
using LossActors.Actors.Persistence;
using LossActors.Learning.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LossActors.Cli.Hosting;

/// <summary>What a search node needs of this machine besides training: a database it can write, a port it can open.</summary>
internal static class HostChecks
{
    /// <summary>Tries the database, or the place where it would be made, and leaves nothing behind.</summary>
    public static DoctorCheck Database(Database database)
    {
        const string Name = "database";
        try
        {
            return new DoctorCheck(Name, true, database.Examine());
        }
        catch (Exception e) when (e is DatabaseException or SqliteException or NpgsqlException or IOException or UnauthorizedAccessException)
        {
            return new DoctorCheck(Name, false, UserErrors.OneLine(e.Message), database is SqliteDatabase
                ? "name a folder on a local disk that you may write to with --data-dir"
                : $"start the server, or correct {DatabaseSetting.Variable}; without it state lives in a SQLite file of the data folder");
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
}
