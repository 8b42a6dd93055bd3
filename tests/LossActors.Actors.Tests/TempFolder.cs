using LossActors.Actors.Persistence;

namespace LossActors.Actors.Tests;

/// <summary>A data folder of a test's own, deleted afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder() => Data = new DataFolder(Path.Combine(Path.GetTempPath(), "lossactors-" + Guid.NewGuid().ToString("N")));

    public DataFolder Data { get; }

    public void Dispose()
    {
        if (Directory.Exists(Data.Root))
        {
            Directory.Delete(Data.Root, recursive: true);
        }
    }
}
