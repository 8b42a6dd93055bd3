using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LossActors.Studies.Table;

/// <summary>A cell of the results table, task × method, as its file holds it: grows search by search.</summary>
internal sealed record Cell
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The task's name.</summary>
    public required string Task { get; init; }

    /// <summary>The method's name.</summary>
    public required string Method { get; init; }

    /// <summary>Independent searches, by seed.</summary>
    public ImmutableArray<CellSearch> Searches { get; init; } = [];

    /// <summary>The search whose winner had the lowest mean validation error on fresh networks; null where none found a loss.</summary>
    [JsonIgnore]
    public CellSearch? Winner => Searches.Where(s => s.Test is not null).MinBy(s => s.ValidationError);

    /// <summary>Reads a cell, or gives an empty one where there is no file.</summary>
    public static Cell Read(string folder, TableTask task, TableMethod method)
    {
        var file = FileOf(folder, task.Name, method.Name);
        return File.Exists(file)
            ? JsonSerializer.Deserialize<Cell>(File.ReadAllText(file), s_json)!
            : new Cell { Task = task.Name, Method = method.Name };
    }

    /// <summary>Writes it so that a reader sees the old file or the new one, never a part.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var file = FileOf(folder, Task, Method);
        File.WriteAllText(file + ".tmp", JsonSerializer.Serialize(this, s_json) + "\n");
        File.Move(file + ".tmp", file, overwrite: true);
    }

    /// <summary>Reads what <c>lossactors test --json</c> printed.</summary>
    public static TestResult ReadTest(string json) => JsonSerializer.Deserialize<TestResult>(json, s_json)!;

    private static string FileOf(string folder, string task, string method) => Path.Combine(folder, $"{task}.{method}.json");
}
