using System.Buffers.Binary;
using System.IO.Compression;
using LossActors.Learning.Datasets;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Learning.Tests.Datasets;

public sealed class ImageFolderTests : IDisposable
{
    private static readonly byte[] s_red = [200, 10, 20], s_grey = [90, 90, 90], s_white = [255, 255, 255];
    private readonly TemporaryFolder _folder = new();

    private TaskSettings Settings => new() { Dataset = "images", Path = _folder.Path };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_per_class_becomes_a_task_with_the_folders_names()
    {
        Fill("", "cat", 5, i => Png(4, 3, s_red, (byte)i));
        Fill("", "dog", 5, i => Bmp(4, 3, s_grey, (byte)i));
        var task = TaskLoader.Load(Settings, 1);

        Assert.Equal(["cat", "dog"], task.ClassNames);
        Assert.Equal([3, 4, 3], task.InputShape);
        Assert.Equal((6, 2, 2), (task.Training.Count, task.Validation.Count, task.Test.Count));
    }

    [Fact]
    public void PNG_and_BMP_of_the_same_pixels_are_the_same_and_other_pixels_are_not()
    {
        string Hash(Func<byte, byte[]> image, string name)
        {
            Fill("", "cat", 3, image, name);
            Fill("", "dog", 3, image, name);
            var hash = TaskLoader.Load(Settings, 1).Hash;
            Directory.Delete(Path.Combine(_folder.Path, "cat"), true);
            Directory.Delete(Path.Combine(_folder.Path, "dog"), true);
            return hash;
        }

        var png = Hash(i => Png(4, 3, s_red, i), ".png");
        Assert.Equal(png, Hash(i => Bmp(4, 3, s_red, i), ".bmp"));
        Assert.NotEqual(png, Hash(i => Png(4, 3, s_red, (byte)(i + 1)), ".png"));
    }

    [Fact]
    public void Grey_images_have_one_channel_unless_one_of_them_is_in_colour()
    {
        Fill("", "dark", 3, i => Png(2, 2, s_grey, 90));
        Fill("", "light", 3, i => Png(2, 2, s_white, 255));
        Assert.Equal([1, 2, 2], TaskLoader.Load(Settings, 1).InputShape);

        _folder.Write("light/z.png", Png(2, 2, s_red, 0));
        Assert.Equal([3, 2, 2], TaskLoader.Load(Settings, 1).InputShape);
    }

    [Fact]
    public void Folders_called_train_and_test_are_parts()
    {
        foreach (var (part, count) in new[] { ("train", 8), ("test", 3) })
        {
            Fill(part, "cat", count, i => Png(2, 2, s_red, i));
            Fill(part, "dog", count, i => Png(2, 2, s_grey, i));
        }

        var task = TaskLoader.Load(Settings, 1);
        Assert.Equal((12, 4, 6), (task.Training.Count, task.Validation.Count, task.Test.Count));

        Fill("test", "horse", 1, i => Png(2, 2, s_red, i));
        Refusal.Of(Settings, Path.Combine("test", "horse"), "the training part has no such class");
    }

    [Theory]
    [InlineData("red-blue.jpg"), InlineData("red-blue-progressive.jpg"), InlineData("red-blue-palette.png"), InlineData("red-blue.bmp")]
    public void Files_that_Pillow_wrote_are_read(string file)
    {
        // 16 × 16: left half (200, 0, 0), right half (0, 0, 200).
        foreach (var name in new[] { "a", "b", "c" })
        {
            _folder.Write(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.Path, "halves")).FullName, name + Path.GetExtension(file)), Fixture(file));
        }

        Fill("", "plain", 3, i => Png(16, 16, [100, 0, 100], 100));
        var task = TaskLoader.Load(Settings, 1);
        var image = task.Test.Targets[0] == 0 ? task.Test.Inputs.AsSpan(0, 768).ToArray() : task.Test.Inputs.AsSpan(768, 768).ToArray();

        // Over the training part red is 200, 0 and 100 on average 100; its deviation is √5,000 for as many halves as plain images.
        Assert.Equal(100 / Math.Sqrt(5000), image[(5 * 16) + 2], 0.05);
        Assert.Equal(-100 / Math.Sqrt(5000), image[(5 * 16) + 13], 0.05);
        Assert.Equal(100 / Math.Sqrt(5000), image[512 + (5 * 16) + 13], 0.05);
    }

    [Fact]
    public void Images_of_several_sizes_are_refused_or_brought_to_one_by_means_of_areas()
    {
        Fill("", "large", 3, i => Png(4, 4, s_grey, 90));
        Fill("", "small", 3, i => Png(3, 5, s_white, 255));
        Refusal.Of(Settings, "an image of 3 × 5 pixels", "has 4 × 4", "task.resize");

        Assert.Equal([1, 2, 2], TaskLoader.Load(Settings with { Resize = 2 }, 1).InputShape);
        Assert.All(TaskLoader.Load(Settings with { Resize = 2 }, 1).Training.Inputs, v => Assert.Equal(1, Math.Abs(v), 1e-5));
    }

    [Theory]
    [InlineData("red-blue.jpg"), InlineData("red-blue-progressive.jpg")]
    public void What_cameras_append_to_an_image_is_passed_over(string file)
    {
        Fill("", "halves", 3, i => [.. Fixture(file), 0, 0, 0xff, 0xda, 1, 2]);
        Fill("", "plain", 3, i => [.. Fixture(file), 0xff, 0xd8, 0xff]);
        foreach (var image in Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            File.Move(image, Path.ChangeExtension(image, ".jpg"));
        }

        Assert.Equal([3, 16, 16], TaskLoader.Load(Settings, 1).InputShape);
    }

    [Fact]
    public void Files_that_are_no_images_are_refused_by_name()
    {
        var png = Png(4, 3, s_red, 1);
        (string File, byte[] Content, string What)[] cases =
        [
            ("cat/bad.png", [], "the file is empty"),
            ("cat/bad.png", [.. "not an image"u8], "neither a PNG, a JPEG nor a BMP"),
            ("cat/bad.jpg", Fixture("red-blue.gif"), "neither a PNG, a JPEG nor a BMP"),
            ("cat/bad.jpg", Fixture("red-blue.jpg")[..^12], "cut off"),
            ("cat/bad.png", png[..^20], "bad.png"),
            ("cat/bad.bmp", Bmp(4, 3, s_red, 1)[..60], "cut off"),
            ("cat/bad.png", Png(4097, 1, s_red, 1), "4097 × 1 pixels; sides of 1 to 4096"),
            ("cat/bad.png", Claiming(png, 2_000_000_000, 2_000_000_000), "bad.png"),
            ("cat/bad.png", Claiming(png, 4096, 4096), "bad.png: cut off"),
            ("cat/notes.txt", [.. "notes"u8], "not an image by its name"),
            ("cat/inner/deep.png", png, "a folder within the folder of a class"),
        ];
        foreach (var (file, content, what) in cases)
        {
            Fill("", "cat", 3, i => Png(4, 3, s_red, i));
            Fill("", "dog", 3, i => Png(4, 3, s_red, i));
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder.Path, file))!);
            _folder.Write(file, content);
            Refusal.Of(Settings, what, _folder.Path);
            Directory.Delete(Path.Combine(_folder.Path, "cat"), true);
        }
    }

    [Fact]
    public void A_folder_without_classes_or_a_class_without_images_is_refused()
    {
        Refusal.Of(Settings, "0 folders; a folder per class is needed");
        Fill("", "cat", 3, i => Png(4, 3, s_red, i));
        Refusal.Of(Settings, "1 folders");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "dog"));
        Refusal.Of(Settings, "dog: a class without images");
        Refusal.Of(Settings with { Path = Path.Combine(_folder.Path, "nowhere") }, "nowhere: no such folder");
    }

    private static byte[] Fixture(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Datasets", "Fixtures", name));

    private void Fill(string part, string name, int count, Func<byte, byte[]> image, string extension = ".png")
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, part, name)).FullName;
        for (var i = 0; i < count; i++)
        {
            _folder.Write(Path.Combine(folder, i + extension), image((byte)(i * 10)));
        }
    }

    // Of one colour but for the first pixel, which is grey. Byte by byte as RFC 2083 has it.
    private static byte[] Png(int height, int width, byte[] colour, byte first)
    {
        byte[] row = [0, .. Enumerable.Range(0, width).SelectMany(_ => colour)];
        byte[] rows = [.. Enumerable.Range(0, height).SelectMany(_ => row)];
        rows.AsSpan(1, 3).Fill(first);
        var memory = new MemoryStream();
        using (var deflate = new ZLibStream(memory, CompressionLevel.Optimal))
        {
            deflate.Write(rows);
        }

        return [0x89, .. "PNG\r\n"u8, 0x1a, (byte)'\n', .. Chunk("IHDR"u8, [.. Big(width), .. Big(height), 8, 2, 0, 0, 0]), .. Chunk("IDAT"u8, memory.ToArray()), .. Chunk("IEND"u8, [])];
    }

    // The same in a bitmap of 24 bits, whose rows go from the lowest up, blue first, each to a multiple of four bytes.
    private static byte[] Bmp(int height, int width, byte[] colour, byte first)
    {
        byte[] row = [.. Enumerable.Range(0, width).SelectMany(_ => colour.Reverse()), .. new byte[-3 * width & 3]];
        byte[] rows = [.. Enumerable.Range(0, height).SelectMany(_ => row)];
        rows.AsSpan(rows.Length - row.Length, 3).Fill(first);
        return [(byte)'B', (byte)'M', .. Little(54 + rows.Length), .. Little(0), .. Little(54), .. Little(40), .. Little(width), .. Little(height), 1, 0, 24, 0, .. Little(0), .. Little(rows.Length), .. new byte[16], .. rows];
    }

    private static byte[] Claiming(byte[] png, int height, int width) => [.. png[..8], .. Chunk("IHDR"u8, [.. Big(width), .. Big(height), 8, 2, 0, 0, 0]), .. png[33..]];

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] content)
    {
        byte[] body = [.. type, .. content];
        return [.. Big(content.Length), .. body, .. Big(Crc(body))];
    }

    private static int Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xedb88320 & (uint)-(crc & 1));
            }
        }

        return (int)~crc;
    }

    private static byte[] Big(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Little(int number) => [.. Big(number).Reverse()];
}
