using System.Globalization;
using System.Text.Json;
using LossActors.Actors.Persistence;
using LossActors.Actors.Serialization;

namespace LossActors.Actors.Control;

/// <summary>Status and commands as files in the data folder: the status of a run beside its lock, each command a file whose name says it, with whatever belongs to it inside.</summary>
internal sealed class FileRunChannel(DataFolder folder, string run) : IRunChannel
{
    // A reader sees the old one or the new one, never half of one.
    public void Tell(RunStatus status)
    {
        var path = folder.StatusOf(run);
        File.WriteAllBytes(path + ".tmp", JsonSerializer.SerializeToUtf8Bytes(status, WireJson.Options));
        File.Move(path + ".tmp", path, overwrite: true);
    }

    public RunStatus? Status()
    {
        try
        {
            return JsonSerializer.Deserialize<RunStatus>(File.ReadAllBytes(folder.StatusOf(run)), WireJson.Options);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    public string Post(ControlRequest request, DateTimeOffset at)
    {
        Directory.CreateDirectory(folder.ControlOf(run));
        var name = string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks:D20}-{Guid.NewGuid():N}.{request.Word}");
        var path = Path.Combine(folder.ControlOf(run), name);
        File.WriteAllText(path + ".tmp", request.Text);
        File.Move(path + ".tmp", path);
        return path;
    }

    public bool IsWaiting(string posted) => File.Exists(posted);

    public IReadOnlyList<ControlRequest> Take()
    {
        var taken = new List<ControlRequest>();
        foreach (var file in Files())
        {
            if (ControlRequest.Read(File.ReadAllText(file)) is { } request)
            {
                taken.Add(request);
            }

            File.Delete(file);
        }

        return taken;
    }

    // Names sort by time.
    private string[] Files() => Directory.Exists(folder.ControlOf(run))
        ? [.. Directory.EnumerateFiles(folder.ControlOf(run)).Where(f => !f.EndsWith(".tmp", StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
        : [];
}
