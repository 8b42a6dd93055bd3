using System.Text.Json;

namespace LossActors.Learning.Verification;

/// <summary>
/// Checks files of golden vectors, one JSON object per line: weighted expressions with values and derivatives, or tiny trainings with their results
/// and meta-gradients.
/// </summary>
public static class GoldenFile
{
    /// <summary>Reads a file, sees by its keys which kind it is, and computes every row anew.</summary>
    /// <param name="path">The file.</param>
    /// <param name="singlePrecision">Expressions only: compute in float, with tolerance 1e-4, instead of double with 1e-9.</param>
    /// <exception cref="VerificationException">The file is missing, empty, malformed, or mixes kinds.</exception>
    public static VerificationReport Verify(string path, bool singlePrecision = false)
    {
        var rows = Read(path);
        var training = IsTraining(rows[0]);
        foreach (var row in rows)
        {
            if (IsTraining(row) != training)
            {
                throw row.Bad("the file mixes expressions and trainings; verify one kind at a time");
            }
        }

        if (!training)
        {
            return singlePrecision ? GoldenExpressions.Verify<float>(rows) : GoldenExpressions.Verify<double>(rows);
        }

        return singlePrecision
            ? throw new VerificationException($"{path}: trainings are compared in double precision only; leave out the option for single precision.")
            : GoldenTraining.Verify(rows);
    }

    private static bool IsTraining(GoldenRow row) =>
        row.Has("start") || (row.Has("value") ? false : throw row.Bad("neither \"value\" (an expression) nor \"start\" (a training) is there; this is no row of golden vectors"));

    private static List<GoldenRow> Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new VerificationException($"{path}: no such file; check the path");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VerificationException($"{path} cannot be read: {e.Message.TrimEnd('.')}; check the path and its permissions");
        }

        var rows = new List<GoldenRow>(lines.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            if (!string.IsNullOrWhiteSpace(lines[i]))
            {
                rows.Add(new GoldenRow(path, i + 1, Parse(path, i + 1, lines[i])));
            }
        }

        return rows.Count > 0 ? rows : throw new VerificationException($"{path} is empty; a file of golden vectors has one JSON object per line.");
    }

    private static JsonElement Parse(string path, int line, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new VerificationException($"{path}, line {line}: not a JSON object.");
        }
        catch (JsonException e)
        {
            throw new VerificationException($"{path}, line {line}: not valid JSON (at character {e.BytePositionInLine + 1}).");
        }
    }
}
