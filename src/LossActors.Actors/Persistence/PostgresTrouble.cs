using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace LossActors.Actors.Persistence;

/// <summary>What a PostgreSQL server, or the way to it, has against us, in one line with what to do.</summary>
public static class PostgresTrouble
{
    /// <summary>The line; null: that was no such trouble.</summary>
    /// <param name="e">What was thrown.</param>
    /// <param name="database">The database, as messages call it.</param>
    /// <param name="user">Who wants to use it.</param>
    public static string? Explain(Exception e, string database, string user) => e switch
    {
        PostgresException p => Refused(p, database, user),
        NpgsqlException { InnerException: TimeoutException } or TimeoutException => $"{database} does not answer. Is that its address, and does no firewall swallow the connection?",
        NpgsqlException { InnerException: AuthenticationException tls } => $"{database}: no safe connection: {OneLine(tls)}",
        NpgsqlException { InnerException: SocketException socket } => Unreachable(database, socket),
        SocketException socket => Unreachable(database, socket),
        NpgsqlException n => $"{database}: {OneLine(n)}",
        _ => null,
    };

    private static string Refused(PostgresException e, string database, string user) => e.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => $"{database} does not let user {user} in: {OneLine(e)}. Check Username and Password.",
        PostgresErrorCodes.InvalidCatalogName => $"{database} does not exist. Create it (CREATE DATABASE), or name another.",
        PostgresErrorCodes.InsufficientPrivilege => $"{database}: user {user} may not: {OneLine(e)}. Grant it what it needs, tables of its own among it.",
        PostgresErrorCodes.CannotConnectNow => $"{database}: {OneLine(e)}. Try again in a moment.",
        PostgresErrorCodes.TooManyConnections => $"{database}: {OneLine(e)}. Raise max_connections of the server, or lower Maximum Pool Size.",
        PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedTable => $"{database} holds tables that are not LossActors' own: {OneLine(e)}. Name a database that is empty.",
        _ => $"{database}: {OneLine(e)} ({e.SqlState})",
    };

    private static string Unreachable(string database, SocketException e) => $"{database} cannot be reached: {OneLine(e)}. Is the server running, and is that its address?";

    private static string OneLine(Exception e) => (e is PostgresException p ? p.MessageText : e.Message).ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
