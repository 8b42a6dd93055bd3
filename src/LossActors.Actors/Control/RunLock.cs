using LossActors.Actors.Persistence;

namespace LossActors.Actors.Control;

/// <summary>
/// The right to own a run: a lock of the operating system on a file in the data folder. It dies with the process that holds it, so no death
/// leaves a run locked.
/// </summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Takes a run's lock.</summary>
    /// <exception cref="RunOwnedException">Another process owns the run.</exception>
    public static RunLock Take(DataFolder folder, string run)
    {
        Directory.CreateDirectory(folder.Runs);
        // Another shell that merely looks (IsHeld) holds the file for an instant, so one refusal proves nothing.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new RunLock(new FileStream(folder.LockOf(run), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (attempt < 10)
            {
                Thread.Sleep(20);
            }
            catch (IOException e)
            {
                throw new RunOwnedException(folder, run, e);
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

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
