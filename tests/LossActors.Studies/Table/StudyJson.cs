using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LossActors.Studies.Table;

/// <summary>Results as JSON files, in the form that the program's own output has.</summary>
internal static class StudyJson
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads what a file holds, or gives null where there is none.</summary>
    public static T? ReadFile<T>(string file)
        where T : class => File.Exists(file) ? Read<T>(File.ReadAllText(file)) : null;

    /// <summary>Reads a text.</summary>
    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, s_options)!;

    /// <summary>Writes a file so that a reader sees the old one or the new one, never a part.</summary>
    public static void WriteFile<T>(string file, T value)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllText(file + ".tmp", JsonSerializer.Serialize(value, s_options) + "\n");
        File.Move(file + ".tmp", file, overwrite: true);
    }
}
