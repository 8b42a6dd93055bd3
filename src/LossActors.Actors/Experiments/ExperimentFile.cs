using System.Text;

namespace LossActors.Actors.Experiments;

/// <summary>Brings the text of an experiment file, refusing what cannot be one before anything parses it.</summary>
internal static class ExperimentFile
{
    private const int MaxBytes = 1 << 20;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <exception cref="ExperimentException">There is no such file, or it is no text.</exception>
    public static string Read(string path)
    {
        var shown = Shown.Bare(path);
        if (Directory.Exists(path))
        {
            throw new ExperimentException($"{shown} is a folder; give an experiment file (.conf)");
        }

        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
            var bytes = new byte[MaxBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return Decode(bytes.AsSpan(0, length), shown);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ExperimentException($"no experiment file {shown}; `lossactors experiments` lists the built-in ones", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ExperimentException($"cannot read the experiment file {shown}: {Shown.FirstLine(e.Message)}", e);
        }
    }

    /// <summary>Bytes to text: strict UTF-8, no control characters, at most 1 MiB.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string source)
    {
        if (bytes.Length > MaxBytes)
        {
            throw new ExperimentException($"{source} is larger than 1 MiB; is it an experiment file?");
        }

        string text;
        try
        {
            text = s_utf8.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            throw new ExperimentException($"{source} is not UTF-8 text (byte {e.Index} is wrong); is it an experiment file?", e);
        }

        var line = 1;
        foreach (var c in text)
        {
            line += c == '\n' ? 1 : 0;
            if (char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
            {
                throw new ExperimentException($"{source}:{line}: the control character {Shown.Character(c)}; is it an experiment file?");
            }
        }

        return text;
    }
}
