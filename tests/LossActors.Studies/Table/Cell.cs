using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LossActors.Studies.Table;

/// <summary>A cell of the results table, task × method, as its file holds it: grows search by search.</summary>
internal sealed record Cell
{
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
    public static Cell Read(string folder, TableTask task, TableMethod method) =>
        StudyJson.ReadFile<Cell>(FileOf(folder, task.Name, method.Name)) ?? new Cell { Task = task.Name, Method = method.Name };

    /// <summary>Writes it.</summary>
    public void Write(string folder) => StudyJson.WriteFile(FileOf(folder, Task, Method), this);

    private static string FileOf(string folder, string task, string method) => Path.Combine(folder, $"{task}.{method}.json");
}
