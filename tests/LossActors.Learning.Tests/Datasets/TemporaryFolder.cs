using System.IO.Compression;
using System.Text;

namespace LossActors.Learning.Tests.Datasets;

/// <summary>A folder for one test, gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lossactors-tests-");

    public string Path => _folder.FullName;

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] content, bool zipped = false)
    {
        var path = System.IO.Path.Combine(Path, name);
        using Stream file = File.Create(path);
        using var target = zipped ? new GZipStream(file, CompressionLevel.Fastest) : file;
        target.Write(content);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
