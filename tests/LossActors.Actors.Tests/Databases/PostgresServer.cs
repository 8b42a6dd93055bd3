using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace LossActors.Actors.Tests.Databases;

/// <summary>A PostgreSQL server of the tests' own: Debian's binaries, data in a temporary folder, a free port of the loopback interface or of another one of this machine's.</summary>
public sealed class PostgresServer : IDisposable
{
    private const string User = "postgres";
    private const string Loopback = "127.0.0.1";

    private readonly string _bin;
    private readonly string _address;
    private readonly string _folder;
    private readonly Lock _creating = new();

    private PostgresServer(string bin, string address)
    {
        (_bin, _address) = (bin, address);
        _folder = Directory.CreateTempSubdirectory("lossactors-postgres-").FullName;
        var secret = Path.Combine(_folder, "secret");
        File.WriteAllText(secret, Password);
        if (Environment.IsPrivilegedProcess)
        {
            Run("chown", "-R", User, _folder);
        }

        AsUser("initdb", "-D", Data, "-U", User, "-A", "md5", $"--pwfile={secret}", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions");
        if (address != Loopback)
        {
            File.AppendAllText(Path.Combine(Data, "pg_hba.conf"), "host all all samenet md5\n");
        }
    }

    /// <summary>Why there can be none here; null: there can.</summary>
    public static string? Missing => OperatingSystem.IsLinux() && Bin is not null ? null : "no PostgreSQL server (Debian: apt-get install postgresql-15)";

    public int Port { get; private set; }

    public string Password { get; } = $"secret-{Guid.NewGuid():N}";

    private string Data => Path.Combine(_folder, "data");

    // The newest.
    private static string? Bin { get; } = !Directory.Exists("/usr/lib/postgresql") ? null : Directory.EnumerateDirectories("/usr/lib/postgresql")
        .Where(version => double.TryParse(Path.GetFileName(version), CultureInfo.InvariantCulture, out var number) && number >= 15)
        .OrderByDescending(version => double.Parse(Path.GetFileName(version), CultureInfo.InvariantCulture))
        .Select(version => Path.Combine(version, "bin"))
        .FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")));

    /// <summary>Starts one.</summary>
    /// <param name="address">The address of this machine by which it is reached; whoever is in the same network with it is let in.</param>
    public static PostgresServer Start(string address = Loopback)
    {
        var server = new PostgresServer(Bin ?? throw new InvalidOperationException(Missing), address);
        try
        {
            server.Port = server.FreePort();
            server.Resume();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>A new, empty database.</summary>
    /// <returns>How it is reached.</returns>
    public string CreateDatabase()
    {
        var name = $"test_{Guid.NewGuid():N}";
        lock (_creating)
        {
            Execute("postgres", $"CREATE DATABASE {name}");
        }

        return ConnectionString(name);
    }

    public string ConnectionString(string database) => $"Host={_address};Port={Port};Database={database};Username={User};Password={Password}";

    public void Execute(string database, string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Stops it as a crash would: nobody is asked, nothing is written any more.</summary>
    public void Kill() => AsUser("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");

    /// <summary>Starts it, on its port. What a crash of the machine would lose is of no interest, hence no fsync.</summary>
    public void Resume() => AsUser(
        "pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-w", "-t", "60",
        "-o", $"-c listen_addresses={_address} -c port={Port} -c unix_socket_directories= -c fsync=off -c max_connections=300", "start");

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            Kill();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Parse(_address), 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // PostgreSQL refuses to be run by root.
    private void AsUser(string program, params string[] arguments)
    {
        var path = Path.Combine(_bin, program);
        if (Environment.IsPrivilegedProcess)
        {
            Run("runuser", ["-u", User, "--", path, .. arguments]);
        }
        else
        {
            Run(path, arguments);
        }
    }

    private void Run(string program, params string[] arguments)
    {
        // Its server inherits no pipe that somebody waits for the end of: pg_ctl sends it to the log.
        using var process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder } };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{program}: {e.Message}", e);
        }

        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            var log = Path.Combine(_folder, "log");
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {output}{error.Result}{(File.Exists(log) ? File.ReadAllText(log) : "")}");
        }
    }
}
