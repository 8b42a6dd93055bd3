using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using LossActors.Learning.Datasets;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Learning.Tests.Datasets;

public sealed class SvhnTaskTests : IDisposable
{
    private const int Side = 32, Size = 3 * Side * Side;
    private readonly TemporaryFolder _folder = new();

    private TaskSettings Settings => new() { Dataset = "svhn", Path = _folder.Path, Split = [0.75, 0.25, 0.1] };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_that_SciPy_wrote_become_images_with_their_own_test_part()
    {
        // X[h, w, c, n] = (3h + 5w + 7c + 11n) mod 251, y = 1, 2 … 10, 1 …; compressed, and y of the test part as doubles.
        var task = TaskLoader.Load(Settings with { Path = Path.Combine(AppContext.BaseDirectory, "Datasets", "Fixtures") }, 1);

        Assert.Equal([3, 32, 32], task.InputShape);
        Assert.Equal((30, 10, 20), (task.Training.Count, task.Validation.Count, task.Test.Count));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 0], task.Test.Targets[..10]);

        // Standardising keeps the order of a channel's pixels, whichever they are.
        for (var channel = 0; channel < 3; channel++)
        {
            var pixels = task.Test.Inputs.AsSpan((5 * Size) + (channel * Side * Side), Side * Side).ToArray();
            int[] raw = [.. Enumerable.Range(0, Side * Side).Select(i => ((3 * (i / Side)) + (5 * (i % Side)) + (7 * channel) + 55) % 251)];
            Assert.Equal(raw.Select((v, i) => (v, i)).OrderBy(p => p), raw.Select((v, i) => (v, i)).OrderBy(p => (pixels[p.i], p.i)));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Compressed_or_not_they_say_the_same(bool compressed)
    {
        WriteAll(compressed);
        var task = TaskLoader.Load(Settings, 1);

        WriteAll(!compressed);
        Assert.Equal(TaskLoader.Load(Settings, 1).Hash, task.Hash);
        Assert.Equal(40, task.Training.Count + task.Validation.Count);
        Assert.Equal(20, task.Test.Count);
        _folder.Write("test_32x32.mat", Mat(true, Images(20), Labels([.. Enumerable.Repeat((byte)3, 20)])));
        Assert.NotEqual(TaskLoader.Load(Settings, 1).Hash, task.Hash);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Files_that_are_no_such_images_are_refused(bool compressed)
    {
        var (x, y) = (Images(20), Labels(Digits(20)));
        (byte[] Content, string What)[] cases =
        [
            (Mat(compressed, x, Labels(Digits(19))), "19 labels y, but 20 images X"),
            (Mat(compressed, x, Labels([.. Digits(19), 11])), "the label of image 19 is 11, but labels are 1 to 10"),
            (Mat(compressed, x, Labels([.. Digits(19), 0])), "the label of image 19 is 0"),
            (Mat(compressed, x), "there is no array y"),
            (Mat(compressed, y), "there is no array X"),
            (Mat(compressed, Array("X", 9, [32, 32, 1, 20], new byte[32 * 32 * 20]), y), "but 32 × 32 × 3 × count in u1 belong here"),
            (Mat(compressed, Array("X", 9, [32, 32, 3, 21], new byte[20 * Size]), y), "61440 bytes of numbers, but the shape is 32 × 32 × 3 × 21"),
            (Mat(compressed, Array("X", 9, [32, -32, 3, -20], new byte[20 * Size]), y), "the shape is 32 × -32"),
            (Mat(compressed, Array("X", 9, [int.MaxValue, int.MaxValue, 3, 20], new byte[20 * Size]), y), "the shape is"),
            (Mat(compressed, Array("X", 9, [32, 32, 3, 262144], new byte[64], 805306368), y), "cut off"),
            (Mat(compressed, Array("X", 1, [20, 1], new byte[20]), y), "not an array of real numbers"),
            (Mat(compressed, Array("X", 9 | 0x0800, [32, 32, 3, 20], new byte[20 * Size]), y), "not an array of real numbers"),
            (Mat(compressed, x, y)[..^9], "cut off"),
            (Mat(compressed, x, y)[..200], "cut off"),
            (Mat(compressed, x, y)[..100], "not a MAT-file of version 5"),
            ([.. "MATLAB 7.3 MAT-file"u8, .. new byte[500]], "save -v7"),
            ([], "the file is empty"),
        ];
        foreach (var (content, what) in cases)
        {
            WriteAll(compressed);
            _folder.Write("train_32x32.mat", content);
            Refusal.Of(Settings, what, "train_32x32.mat");
        }
    }

    [Fact]
    public void Damaged_compressed_data_is_refused()
    {
        WriteAll(true);
        var path = Path.Combine(_folder.Path, "test_32x32.mat");
        var bytes = File.ReadAllBytes(path);
        bytes[150] ^= 0xff;
        File.WriteAllBytes(path, bytes);

        Refusal.Of(Settings, "test_32x32.mat");
    }

    private void WriteAll(bool compressed)
    {
        _folder.Write("train_32x32.mat", Mat(compressed, Images(40), Labels(Digits(40))));
        _folder.Write("test_32x32.mat", Mat(compressed, Images(20), Labels(Digits(20))));
    }

    private static byte[] Digits(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)((i % 10) + 1))];

    private static byte[] Images(int count) => Array("X", 9, [Side, Side, 3, count], [.. Enumerable.Range(0, count * Size).Select(i => (byte)(i % 241))]);

    private static byte[] Labels(byte[] labels) => Array("y", 9, [labels.Length, 1], labels);

    // Byte by byte as the format's description has it: a header of 128 bytes, then data elements.
    private static byte[] Mat(bool compressed, params byte[][] arrays) =>
    [
        .. Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, by a test".PadRight(116)), .. new byte[8], 0x00, 0x01, (byte)'I', (byte)'M',
        .. arrays.SelectMany(array => compressed ? [.. Tag(15, Deflate(array).Length), .. Deflate(array)] : array),
    ];

    private static byte[] Array(string name, int flags, int[] shape, byte[] numbers, int? claimed = null)
    {
        byte[] content =
        [
            .. Tag(6, 8), .. Number(flags), .. Number(0),
            .. Tag(5, 4 * shape.Length), .. Padded([.. shape.SelectMany(Number)]),
            1, 0, (byte)name.Length, 0, .. Encoding.ASCII.GetBytes(name.PadRight(4, '\0')), // a small element
            .. Tag(2, claimed ?? numbers.Length), .. Padded(numbers),
        ];
        return [.. Tag(14, content.Length), .. content];
    }

    private static byte[] Tag(int type, int length) => [.. Number(type), .. Number(length)];

    private static byte[] Number(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }

    private static byte[] Padded(byte[] bytes) => [.. bytes, .. new byte[-bytes.Length & 7]];

    private static byte[] Deflate(byte[] bytes)
    {
        var memory = new MemoryStream();
        using (var stream = new ZLibStream(memory, CompressionLevel.Fastest))
        {
            stream.Write(bytes);
        }

        return memory.ToArray();
    }
}
