using System.Text;

namespace LossActors.Cli.Output;

/// <summary>Writes what the user asked to have in a file: whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Writes text as UTF-8 without a mark, replacing the file.</summary>
    /// <exception cref="CliException">It cannot be written.</exception>
    public static void Write(string path, string text)
    {
        var temporary = path + ".part";
        try
        {
            File.WriteAllText(temporary, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            TryDelete(temporary);
            throw new CliException($"cannot write {path}: {UserErrors.OneLine(e.Message).TrimEnd('.')}; does its folder exist?");
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // What could not be written may not be deletable either; the first error is the one to tell.
        }
    }
}
