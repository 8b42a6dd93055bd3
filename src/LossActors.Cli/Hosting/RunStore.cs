using LossActors.Actors.Experiments;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
using LossActors.Cli.Commands;
using LossActors.Cli.Output;

namespace LossActors.Cli.Hosting;

/// <summary>The runs of a database, as commands that only read open them: nothing is created.</summary>
internal sealed class RunStore : IDisposable
{
    private RunStore(Database database)
    {
        Database = database;
        Reader = RecordReader.Open(database);
    }

    /// <summary>Where they live.</summary>
    public Database Database { get; }

    /// <summary>The record.</summary>
    public RecordReader Reader { get; }

    /// <summary>The folder that <c>--data-dir</c> names.</summary>
    public static DataFolder FolderOf(string dataDir)
    {
        string path;
        try
        {
            path = Path.GetFullPath(dataDir);
        }
        catch (ArgumentException)
        {
            throw new CliException($"--data-dir {Shown.Text(dataDir)} is not a path");
        }

        return File.Exists(path)
            ? throw new CliException($"--data-dir {Shown.Text(dataDir)} is a file; name a folder, which is made when a run starts", ExitCode.Environment)
            : new DataFolder(path) { Option = dataDir == CommonOptions.DefaultDataFolder ? "" : $" --data-dir {ShellText.Quoted(dataDir)}" };
    }

    /// <summary>Opens them; null if there are no runs at all.</summary>
    public static RunStore? TryOpen(Database database) => database.Exists ? new RunStore(database) : null;

    /// <summary>Opens them for one.</summary>
    /// <param name="database">Where.</param>
    /// <param name="run">An id or an unambiguous beginning of one; null: the latest.</param>
    /// <param name="id">The whole id.</param>
    /// <exception cref="CliException">There are no runs.</exception>
    /// <exception cref="UnknownRunException">There is no such run.</exception>
    public static RunStore Open(Database database, string? run, out string id)
    {
        var store = TryOpen(database) ?? throw new CliException($"{(run is null ? "no runs" : $"no run {Shown.Text(run)}")}: {database.Absence}");
        try
        {
            id = store.Reader.Resolve(run);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Reader.Dispose();
}
