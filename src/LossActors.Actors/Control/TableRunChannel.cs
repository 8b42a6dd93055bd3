using System.Globalization;
using System.Text.Json;
using Dapper;
using LossActors.Actors.Persistence;
using LossActors.Actors.Serialization;

namespace LossActors.Actors.Control;

/// <summary>Status and commands as rows of PostgreSQL, which any machine can read and write that reaches it.</summary>
internal sealed class TableRunChannel(PostgresDatabase database, string run) : IRunChannel
{
    public void Tell(RunStatus status) => Execute(
        "INSERT INTO run_status(run, status) VALUES (@run, @status) ON CONFLICT(run) DO UPDATE SET status = excluded.status",
        new { run, status = JsonSerializer.Serialize(status, WireJson.Options) });

    public RunStatus? Status()
    {
        using var connection = database.Connect(pooled: true);
        return connection.ExecuteScalar<string?>("SELECT status FROM run_status WHERE run = @run", new { run }) is { } status
            ? JsonSerializer.Deserialize<RunStatus>(status, WireJson.Options)
            : null;
    }

    // The server numbers them as they come, whatever the clocks of those who ask.
    public string Post(ControlRequest request, DateTimeOffset at) => database.Guarded(() =>
    {
        using var connection = database.Connect(pooled: true);
        return connection.ExecuteScalar<long>(
            "INSERT INTO run_commands(run, command) VALUES (@run, @command) RETURNING id", new { run, command = request.Text })
            .ToString(CultureInfo.InvariantCulture);
    });

    public bool IsWaiting(string posted)
    {
        using var connection = database.Connect(pooled: true);
        return connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM run_commands WHERE id = @id)", new { id = long.Parse(posted, CultureInfo.InvariantCulture) });
    }

    public IReadOnlyList<ControlRequest> Take()
    {
        using var connection = database.Connect(pooled: true);
        return
        [
            .. connection.Query<(long Id, string Command)>("DELETE FROM run_commands WHERE run = @run RETURNING id, command", new { run })
                .OrderBy(row => row.Id)
                .Select(row => ControlRequest.Read(row.Command)).OfType<ControlRequest>(),
        ];
    }

    private void Execute(string sql, object parameters)
    {
        using var connection = database.Connect(pooled: true);
        connection.Execute(sql, parameters);
    }
}
