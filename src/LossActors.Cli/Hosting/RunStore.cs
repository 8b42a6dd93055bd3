using LossActors.Actors.Experiments;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
using LossActors.Cli.Commands;
using LossActors.Cli.Output;

namespace LossActors.Cli.Hosting;

/// <summary>The runs of a data folder, as commands that only read open them: nothing is created.</summary>
internal sealed class RunStore : IDisposable
{
    private RunStore(DataFolder folder, RecordReader reader)
    {
        Folder = folder;
        Reader = reader;
    }

    /// <summary>Where it lives.</summary>
    public DataFolder Folder { get; }

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

    /// <summary>Opens it; null if there are no runs at all.</summary>
    public static RunStore? TryOpen(string dataDir)
    {
        var folder = FolderOf(dataDir);
        return folder.Exists ? new RunStore(folder, RecordReader.Open(folder)) : null;
    }

    /// <summary>Opens it for a run.</summary>
    /// <param name="dataDir">The folder.</param>
    /// <param name="run">An id or an unambiguous beginning of one; null: the latest.</param>
    /// <param name="id">The whole id.</param>
    /// <exception cref="CliException">There are no runs.</exception>
    /// <exception cref="UnknownRunException">There is no such run.</exception>
    public static RunStore Open(string dataDir, string? run, out string id)
    {
        var store = TryOpen(dataDir) ?? throw new CliException(
            $"{(run is null ? "no runs" : $"no run {Shown.Text(run)}")}: there is no database in {FolderOf(dataDir).Root}; start a run with `lossactors run{FolderOf(dataDir).Option}`, or name another folder with --data-dir");
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
