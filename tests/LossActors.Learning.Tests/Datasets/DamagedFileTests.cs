using LossActors.Evolution.Randomness;
using LossActors.Learning.Datasets;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Learning.Tests.Datasets;

/// <summary>Sound files with bytes changed, cut off or added: whatever is in them, they load or are refused in one line.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("numpy-images.npz", "npz")]
    [InlineData("train_32x32.mat", "svhn")]
    [InlineData("red-blue.jpg", "images")]
    [InlineData("red-blue-progressive.jpg", "images")]
    [InlineData("red-blue-palette.png", "images")]
    [InlineData("red-blue.bmp", "images")]
    public void A_damaged_file_is_a_dataset_or_refused_in_one_line(string file, string dataset)
    {
        var sound = Fixture(file);
        var settings = Prepare(file, dataset, out var path);
        File.WriteAllBytes(path, sound);
        TaskLoader.Load(settings, 1);

        var refused = 0;
        for (var round = 0; round < 300; round++)
        {
            File.WriteAllBytes(path, Damage(sound, RandomStream.For(1, (ulong)round, 0, Purpose.Probe)));
            try
            {
                TaskLoader.Load(settings, 1);
            }
            catch (DataException e)
            {
                Assert.Contains(_folder.Path, e.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', e.Message);
                refused++;
            }
        }

        Assert.InRange(refused, 50, 300);
    }

    private TaskSettings Prepare(string file, string dataset, out string path)
    {
        var settings = new TaskSettings { Dataset = dataset, Path = _folder.Path, Resize = dataset == "images" ? 8 : null, Split = [0.4, 0.3, 0.3] };
        path = Path.Combine(_folder.Path, file);
        switch (dataset)
        {
            case "npz":
                return settings with { Path = path };
            case "svhn":
                _folder.Write("test_32x32.mat", Fixture("test_32x32.mat"));
                return settings;
            default:
                foreach (var name in new[] { "a", "b" })
                {
                    Directory.CreateDirectory(Path.Combine(_folder.Path, name));
                    for (var i = 0; i < 3; i++)
                    {
                        _folder.Write(Path.Combine(name, $"{i}.png"), Fixture("grey.png"));
                    }
                }

                path = Path.Combine(_folder.Path, "a", "x" + Path.GetExtension(file));
                return settings;
        }
    }

    private static byte[] Damage(byte[] sound, RandomStream stream)
    {
        var bytes = (byte[])sound.Clone();
        for (var i = stream.NextInt(4); i >= 0; i--)
        {
            // Headers stand at the beginning, and directories at the end.
            var at = stream.NextInt(3) switch { 0 => stream.NextInt(Math.Min(200, bytes.Length)), 1 => bytes.Length - 1 - stream.NextInt(Math.Min(200, bytes.Length)), _ => stream.NextInt(bytes.Length) };
            bytes[at] = stream.NextInt(3) switch { 0 => 0xff, 1 => 0, _ => (byte)stream.NextInt(256) };
        }

        return stream.NextInt(4) switch
        {
            0 => bytes[..stream.NextInt(bytes.Length)],
            1 => [.. bytes, .. bytes[..stream.NextInt(100)]],
            _ => bytes,
        };
    }

    private static byte[] Fixture(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Datasets", "Fixtures", name));
}
