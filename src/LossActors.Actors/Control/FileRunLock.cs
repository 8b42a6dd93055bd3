using LossActors.Actors.Persistence;

namespace LossActors.Actors.Control;

/// <summary>A lock of the operating system on a file in the data folder. Nobody can take it away.</summary>
internal sealed class FileRunLock : IRunLock
{
    private readonly FileStream _file;

    private FileRunLock(FileStream file) => _file = file;

    public Task<string> Lost { get; } = new TaskCompletionSource<string>().Task;

    /// <summary>Takes a run's lock.</summary>
    /// <exception cref="RunOwnedException">Another process owns the run.</exception>
    public static FileRunLock Take(Database database, string run)
    {
        var folder = database.Folder;
        Directory.CreateDirectory(folder.Runs);
        // Another shell that merely looks (IsHeld) holds the file for an instant, so one refusal proves nothing.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileRunLock(new FileStream(folder.LockOf(run), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (attempt < 10)
            {
                Thread.Sleep(20);
            }
            catch (IOException e)
            {
                throw new RunOwnedException(run, database.Option, e);
            }
        }
    }

    /// <summary>Whether some living process owns a run.</summary>
    public static bool IsHeld(DataFolder folder, string run)
    {
        try
        {
            using var probe = new FileStream(folder.LockOf(run), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose() => _file.Dispose();
}
