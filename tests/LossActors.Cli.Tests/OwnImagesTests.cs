using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Xunit;

namespace LossActors.Cli.Tests;

/// <summary>A small search on images of one's own, varied in training, with a real evaluator process; and what happens when they change or move.</summary>
public sealed class OwnImagesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lossactors-own-images");

    private string Photos => Path.Combine(_folder.FullName, "photos");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ASearchOnAFolderOfImagesGoesOnOnlyWithTheSameImagesWhereverTheyLie()
    {
        Write("dark", 0, i => i);
        Write("light", 0, i => (byte)(200 + i));
        var file = Path.Combine(_folder.FullName, "photos.conf");
        await File.WriteAllTextAsync(file, """
            experiment {
              task { dataset = images, path = photos, augmentation { crop = 1, flip = true } }
              network { kind = linear }
              training { steps = 20 }
              filters { steps = 100 }
              search { islands = 1, evaluations = 8, final-replicates = 1 }
              evaluation { evaluators = 1 }
            }
            """, TestContext.Current.CancellationToken);
        var run = await Cli("run", file, "--progress", "none");
        Assert.True(run.ExitCode is 0 or 3, run.Error);
        var id = run.Out.Split('\n')[0].Trim();
        var hash = JsonNode.Parse((await Cli("show", id, "--json")).Out)!["dataHash"]!.GetValue<string>();
        Assert.Equal(64, hash.Length);

        var moved = Path.Combine(_folder.FullName, "moved");
        Directory.Move(Photos, moved);
        (await Cli("resume", id, "--evaluations", "12")).IsOneLine(ExitCode.Usage, "if the data has moved, say where to: --set task.path=PATH");
        var resumed = await Cli("resume", id, "--evaluations", "12", "--set", $"task.path={moved}", "--progress", "none");
        Assert.True(resumed.ExitCode == run.ExitCode, resumed.Error);

        Directory.Move(moved, Photos);
        Write("dark", 3, _ => 77);
        (await Cli("resume", id, "--evaluations", "16")).IsOneLine(ExitCode.ResumeRefused, "the data of images has changed (its hash is");
        (await Cli("resume", id, "--evaluations", "16")).IsOneLine(ExitCode.ResumeRefused, $"was {hash[..12]}");
        (await Cli("resume", id, "--set", "task.augmentation.crop=0")).IsOneLine(ExitCode.ResumeRefused, "task.augmentation.crop is 0, was 1");
    }

    private Task<CliRun> Cli(params string[] args) => CliRun.Of([.. args, "--data-dir", Path.Combine(_folder.FullName, "data")]);

    // Grey bitmaps of 8 × 8 pixels.
    private void Write(string name, int first, Func<byte, byte> level)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Photos, name)).FullName;
        for (var i = first; i < 20; i++)
        {
            var bytes = new byte[54 + (24 * 8)];
            (bytes[0], bytes[1], bytes[10], bytes[14], bytes[18], bytes[22], bytes[26], bytes[28]) = ((byte)'B', (byte)'M', 54, 40, 8, 8, 1, 24);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(2), bytes.Length);
            bytes.AsSpan(54).Fill(level((byte)i));
            File.WriteAllBytes(Path.Combine(folder, $"{i}.bmp"), bytes);
        }
    }
}
