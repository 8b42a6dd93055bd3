using System.Security.Cryptography;

namespace LossActors.Learning.Native;

/// <summary>Keeps patched copies of native libraries in a folder of the user's, named by their content, safe for many processes starting at once.</summary>
internal static class NativeCache
{
    private const UnixFileMode OthersMayWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode OnlyMine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The folder below the user's local application data; null where the user has none.</summary>
    public static string? DefaultFolder
    {
        get
        {
            var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return local.Length == 0 ? null : Path.Combine(local, "LossActors", "native");
        }
    }

    /// <summary>
    /// Calls <paramref name="load"/> with a file of that name and content: kept under <paramref name="folder"/> if it can be, else in a private temporary
    /// folder that is gone afterwards (a loaded library needs its file no longer).
    /// </summary>
    /// <returns>Where the file was when it was loaded, and what <paramref name="load"/> gave.</returns>
    /// <exception cref="EnvironmentException">Neither folder can be written.</exception>
    public static (string Path, T Result) Use<T>(string? folder, string name, byte[] content, Func<string, T> load)
    {
        if (folder is not null && TryKeep(folder, name, content) is { } kept)
        {
            return (kept, load(kept));
        }

        DirectoryInfo? temporary = null;
        try
        {
            temporary = Directory.CreateTempSubdirectory("lossactors-native-"); // mode 0700
            var path = Path.Combine(temporary.FullName, name);
            File.WriteAllBytes(path, content);
            return (path, load(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException(
                $"a patched copy of {name} can be kept neither in {folder ?? "the user's application data (there is none)"} nor in {Path.GetTempPath()}: {OneLine(e)}", "make one of them writable", e);
        }
        finally
        {
            temporary?.Delete(recursive: true);
        }
    }

    /// <summary>The path of a file with exactly this content in the cache; null if the cache cannot be used or could be changed by others.</summary>
    internal static string? TryKeep(string folder, string name, byte[] content)
    {
        try
        {
            var home = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(content))[..16]);
            CreateMine(folder);
            CreateMine(home);
            if (!IsMineAlone(folder) || !IsMineAlone(home))
            {
                return null;
            }

            var path = Path.Combine(home, name);
            if (Holds(path, content))
            {
                return path;
            }

            // Written aside and renamed: another process sees the whole file or none, and whoever mapped an older one keeps it.
            var aside = Path.Combine(home, $".{name}.{Guid.NewGuid():N}");
            try
            {
                File.WriteAllBytes(aside, content);
                File.Move(aside, path, overwrite: true);
            }
            finally
            {
                File.Delete(aside);
            }

            return Holds(path, content) ? path : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Creates a folder that only this user can use.</summary>
    internal static void CreateMine(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OnlyMine);
        }
    }

    // What others may write, others may replace by code of theirs.
    private static bool IsMineAlone(string path) => OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & OthersMayWrite) == 0;

    private static bool Holds(string path, byte[] content) =>
        File.Exists(path) && IsMineAlone(path) && new FileInfo(path).Length == content.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(content);

    private static string OneLine(Exception e) => e.Message.ReplaceLineEndings(" ");
}
