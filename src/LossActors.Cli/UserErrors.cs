using System.Text;
using LossActors.Actors.Control;
using LossActors.Actors.Experiments;
using LossActors.Actors.Hosting.Tls;
using LossActors.Actors.Migration;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
using LossActors.Actors.Runs;
using LossActors.Actors.Simulation;
using LossActors.Expressions.Parsing;
using LossActors.Learning.Datasets;
using LossActors.Learning.Datasets.Fetching;
using LossActors.Learning.Native;
using LossActors.Learning.Networks;
using LossActors.Learning.Verification;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LossActors.Cli;

/// <summary>The one place where exceptions become a line and an exit code.</summary>
internal static class UserErrors
{
    /// <summary>Set to anything, it adds the stack to errors that nobody foresaw.</summary>
    public const string TraceVariable = "LOSSACTORS_TRACE";

    /// <summary>What to say and how to exit.</summary>
    public static (ExitCode Code, string Line) Explain(Exception exception) => exception switch
    {
        CliException e => (e.ExitCode, OneLine(e.Message)),
        ExperimentException e => (ExitCode.Usage, OneLine(e.Message)),
        ExpressionFormatException e => (ExitCode.Usage, OneLine(e.Message)),
        DataException e => (ExitCode.Usage, OneLine(e.Message)),
        NetworkException e => (ExitCode.Usage, OneLine(e.Message)),
        VerificationException e => (ExitCode.Usage, OneLine(e.Message)),
        SimulationException e => (ExitCode.Usage, OneLine(e.Message)),
        UnknownRunException e => (ExitCode.Usage, OneLine(e.Message)),
        TlsException e => (ExitCode.Usage, OneLine(e.Message)),
        EnvironmentException e => (ExitCode.Environment, OneLine(e.Message)),
        DatabaseException e => (ExitCode.Environment, OneLine(e.Message)),
        // Damage deep in the file shows only when it is read; opening it found nothing wrong.
        SqliteException e => (ExitCode.Environment, $"the database cannot be read: {OneLine(e.Message)} Move it away (or restore a copy), or name another folder with --data-dir."),
        // The same of a server: a database that was open already is not guarded any more.
        NpgsqlException e => (ExitCode.Environment, OneLine(PostgresTrouble.Explain(e, "the database", "of the connection")!)),
        ResumeRefusedException e => (ExitCode.ResumeRefused, OneLine(e.Message)),
        FetchException e => (ExitCode.Error, OneLine(e.Message)),
        AmendmentException e => (ExitCode.Usage, OneLine(e.Message)),
        ControlException e => (ExitCode.Error, OneLine(e.Message)),
        MigrationException e => (ExitCode.Error, OneLine(e.Message)),
        RunOwnedException e => (ExitCode.Error, OneLine(e.Message)),
        OperationCanceledException => (ExitCode.Interrupted, "interrupted"),
        AggregateException { InnerExceptions: [var inner] } => Explain(inner),
        _ => (ExitCode.Error, Unforeseen(exception)),
    };

    /// <summary>Text without line ends and control characters.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            line.Append(char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c);
        }

        return line.ToString().Trim();
    }

    private static string Unforeseen(Exception e) =>
        Environment.GetEnvironmentVariable(TraceVariable) is { Length: > 0 }
            ? e.ToString()
            : $"unexpected {e.GetType().Name}: {OneLine(e.Message)} (set {TraceVariable}=1 to see where)";
}
