using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using LossActors.Learning.Datasets;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Learning.Tests.Datasets;

public sealed class NpzTaskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("|u1"), InlineData("|i1"), InlineData("<i2"), InlineData("<u2"), InlineData(">i4"), InlineData("<u4"), InlineData("<i8"), InlineData(">u8")]
    [InlineData("<f2"), InlineData("<f4"), InlineData(">f4"), InlineData("<f8"), InlineData(">f8")]
    public void Features_of_every_type_of_number_give_the_same_task(string type)
    {
        var task = Load(("x", Npy(type, "(30, 2)", Values)), ("y", Npy("<i8", "(30,)", Labels)));

        Assert.Equal([2], task.InputShape);
        Assert.Equal((TaskKind.Classification, 3), (task.Kind, task.Classes));
        Assert.Equal(Load(("x", Npy("<f8", "(30, 2)", Values)), ("y", Npy("<i8", "(30,)", Labels))).Training.Inputs, task.Training.Inputs);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public void Every_version_of_the_format_is_read_and_either_order_of_memory(byte version)
    {
        var rows = Load(("x", Npy("<f4", "(30, 2)", Values)), ("y", Npy("|u1", "(30, 1)", Labels)));
        double[] columns = [.. Values.Where((_, i) => i % 2 == 0), .. Values.Where((_, i) => i % 2 == 1)];
        var task = Load(("x", Npy("<f4", "(30, 2)", columns, version, fortran: true)), ("y", Npy("|u1", "(30, 1)", Labels, version, fortran: true)));

        Assert.Equal(rows.Training.Inputs, task.Training.Inputs);
        Assert.Equal(rows.Hash, task.Hash);
    }

    [Fact]
    public void Numbers_are_standardised_per_feature_and_real_targets_are_a_regression()
    {
        var task = Load(("features", Npy("<f8", "(30, 2)", Values)), ("targets", Npy("<f4", "(30,)", [.. Labels.Select(l => l + 0.5)])));

        Assert.Equal(TaskKind.Regression, task.Kind);
        foreach (var feature in new[] { 0, 1 })
        {
            Assert.Equal(0, task.Training.Inputs.Where((_, i) => i % 2 == feature).Average(), 1e-5);
            Assert.Equal(1, task.Training.Inputs.Where((_, i) => i % 2 == feature).Average(v => (double)v * v), 1e-4);
        }
    }

    [Fact]
    public void Images_are_the_same_with_channels_first_or_last_and_a_test_part_is_kept()
    {
        // Instance, channel, row, column.
        double[] first = [.. Enumerable.Range(0, 30 * 3 * 2 * 2).Select(i => (double)(i * 37 % 251))];
        double[] last = [.. Enumerable.Range(0, 30).SelectMany(n => Enumerable.Range(0, 4).SelectMany(p => Enumerable.Range(0, 3).Select(c => first[(((n * 3) + c) * 4) + p])))];
        var expected = Load(Four("(30, 3, 2, 2)", first));
        var task = Load(Four("(30, 2, 2, 3)", last));

        Assert.Equal([3, 2, 2], task.InputShape);
        Assert.Equal(30, task.Test.Count);
        Assert.Equal(expected.Test.Inputs, task.Test.Inputs);
        Assert.Equal(expected.Hash, task.Hash);
        Assert.Equal([1, 4, 3], Load(("images", Npy("|u1", "(30, 4, 3)", first)), ("labels", Npy("|b1", "(30,)", [.. Labels.Select(l => l > 0 ? 1 : 0)]))).InputShape);

        (string, byte[])[] Four(string shape, double[] values) =>
            [("x_train", Npy("|u1", shape, values)), ("y_train", Npy("|u1", "(30,)", Labels)), ("x_test", Npy("|u1", shape, values)), ("y_test", Npy("|u1", "(30,)", Labels))];
    }

    [Fact]
    public void Bytes_and_floating_point_numbers_of_the_same_images_give_the_same_inputs()
    {
        double[] pixels = [.. Enumerable.Range(0, 30 * 3 * 2 * 2).Select(i => (double)(i * 37 % 251))];
        var bytes = Load(("x", Npy("|u1", "(30, 3, 2, 2)", pixels)), ("y", Npy("|u1", "(30,)", Labels)));
        var numbers = Load(("x", Npy("<f4", "(30, 3, 2, 2)", pixels)), ("y", Npy("|u1", "(30,)", Labels)));

        Assert.All(bytes.Training.Inputs.Zip(numbers.Training.Inputs), p => Assert.Equal(p.First, p.Second, 1e-6));
    }

    [Fact]
    public void A_file_that_NumPy_wrote_is_read()
    {
        // images[n, h, w, c] = ((n·18 + h·9 + w·3 + c)·7 mod 251), uint8, Fortran order; labels n mod 3, big-endian int16.
        var task = TaskLoader.Load(new() { Dataset = "npz", Path = Path.Combine(AppContext.BaseDirectory, "Datasets", "Fixtures", "numpy-images.npz"), Split = [0.5, 0.25, 0.25] }, 1);
        double[] pixels = [.. Enumerable.Range(0, 24 * 18).Select(i => (double)(i * 7 % 251))];
        var expected = Load(new TaskSettings { Split = [0.5, 0.25, 0.25] }, ("x", Npy("|u1", "(24, 2, 3, 3)", pixels)), ("y", Npy("<i2", "(24,)", [.. Enumerable.Range(0, 24).Select(i => i % 3.0)])));

        Assert.Equal([3, 2, 3], task.InputShape);
        Assert.Equal(expected.Training.Inputs, task.Training.Inputs);
        Assert.Equal(expected.Training.Targets, task.Training.Targets);
    }

    [Fact]
    public void Arrays_can_be_named()
    {
        var arrays = new[] { ("u", Npy("<f4", "(30, 2)", Values)), ("v", Npy("|u1", "(30,)", Labels)) };
        var names = new ArrayNames { Inputs = "u", Targets = "v" };
        Assert.Equal(30, Load(new TaskSettings { Arrays = names }, arrays) is var task ? task.Training.Count + task.Validation.Count + task.Test.Count : 0);

        Refusal.Of(Settings(Write(arrays)), "no array with a usual name for inputs", "set task.arrays.inputs to one of u, v");
        Refusal.Of(Settings(Write(arrays)) with { Arrays = names with { Targets = "w" } }, "no array \"w\"", "task.arrays.targets");
        Refusal.Of(Settings(Write(arrays)) with { Arrays = names with { TestInputs = "u" } }, "set task.arrays.test-targets");
    }

    [Fact]
    public void Arrays_that_are_no_dataset_are_refused()
    {
        var y = ("y", Npy("|u1", "(30,)", Labels));
        (byte[] X, string What)[] inputs =
        [
            (Npy("<f4", "(29, 2)", Values[..58]), "30 targets in y, 29 instances in x"),
            (Npy("<f4", "()", [1]), "instances of shape ()"),
            (Npy("<f4", "(30, 1, 1, 1, 2)", Values), "can be used"),
            (Npy("<f4", "(30, 0)", []), "can be used"),
            (Npy("|u1", "(30, 3, 2, 3)", new double[540]), "no telling number of channels"),
            (Npy("|u1", "(30, 2, 2, 2)", new double[240]), "no telling number of channels"),
            (Npy("<f4", "(30, 2)", [.. Values[..7], double.NaN, .. Values[8..]]), "instance 3 holds a value that is not finite"),
            (Npy("|O", "(30, 2)", [], header: "'|O'"), "|O are not read"),
            (Npy("<U3", "(30, 2)", []), "<U3 are not read"),
            (Npy("<c16", "(30, 2)", []), "<c16 are not read"),
            (Npy("<f4", "(30, 2)", [], header: "[('a', '<f4'), ('b', '<f4')]"), "not that of a plain array of numbers"),
            (Npy("<f4", "(30, -2)", Values), "the shape (30, -2) cannot be read"),
            (Npy("<f4", "(99999999999999999999, 2)", Values), "cannot be read"),
            (Npy("<f4", "(2147483647, 2147483647, 2147483647)", Values), "take more than 1,073,741,824 bytes"),
            (Npy("<f4", "(134217728, 2)", Values), "cut off: the header says 134217728 × 2"),
            (Npy("<f4", "(30, 3)", Values), "cut off"),
            (Npy("<f4", "(30, 1)", Values), "more bytes than 30 × 1"),
            (Npy("<f4", "(30, 2)", Values)[..9], "cut off within its header"),
            ([.. Npy("<f4", "(30, 2)", Values)[..6], 2, 0, 255, 255, 255, 255, .. new byte[100]], "a header of 4294967295 bytes"),
            ([1, .. Npy("<f4", "(30, 2)", Values)[1..]], "not an array of NumPy's format"),
            ([.. Npy("<f4", "(30, 2)", Values)[..6], 9, .. Npy("<f4", "(30, 2)", Values)[7..]], "versions 1 to 3"),
        ];
        foreach (var (x, what) in inputs)
        {
            Refusal.Of(Settings(Write(("x", x), y)), what, _folder.Path);
        }

        (byte[] Y, string What)[] targets =
        [
            (Npy("<f4", "(30, 3)", [.. Values, .. Values[..30]]), "class indices, not one-hot rows"),
            (Npy("|i1", "(30,)", [-1, .. Labels[1..]]), "the label of instance 0 is -1"),
            (Npy("<i4", "(30,)", [.. Labels[..29], 250000]), "(for numbers set kind = regression)"),
            (Npy("|u1", "(30,)", [.. Enumerable.Repeat(5.0, 30)]), "every training label is 5, so there is nothing to predict"),
            (Npy("<f8", "(30,)", [double.PositiveInfinity, .. Labels[1..]]), "the target of instance 0 is not finite"),
        ];
        foreach (var (wrong, what) in targets)
        {
            Refusal.Of(Settings(Write(("x", Npy("<f4", "(30, 2)", Values)), ("y", wrong))), what, _folder.Path);
        }
    }

    [Fact]
    public void Archives_that_are_cut_off_or_none_are_refused()
    {
        var path = Write(("x", Npy("<f4", "(30, 2)", Values)), ("y", Npy("|u1", "(30,)", Labels)));
        var whole = File.ReadAllBytes(path);
        Refusal.Of(Settings(_folder.Write("empty.npz", [])), "the file is empty");
        foreach (var content in new[] { whole[..^30], whole[..10], Encoding.ASCII.GetBytes("x,y\n1,2\n") })
        {
            File.WriteAllBytes(path, content);
            Refusal.Of(Settings(path), path, "not an .npz file");
        }
    }

    [Fact]
    public void Numbers_that_do_not_have_their_checksum_are_refused()
    {
        var path = Path.Combine(_folder.Path, "stored.npz");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in new[] { ("x", Npy("<f4", "(30, 2)", Values)), ("y", Npy("|u1", "(30,)", Labels)) })
            {
                using var entry = archive.CreateEntry(name + ".npy", CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }

        Assert.Equal(3, TaskLoader.Load(Settings(path), 1).Classes);
        var bytes = File.ReadAllBytes(path);
        bytes[300] ^= 1;
        File.WriteAllBytes(path, bytes);
        Refusal.Of(Settings(path), "array x", "its checksum is another");
    }

    [Fact]
    public void A_value_that_is_infinite_in_single_precision_is_refused_wherever_it_is()
    {
        // The training part's statistics do not know of it where it lies in another part.
        for (var at = 0; at < 30; at++)
        {
            double[] values = [.. Values];
            values[2 * at] = 1e300;
            var error = Assert.Throws<DataException>(() => Load(("x", Npy("<f8", "(30, 2)", values)), ("y", Npy("|u1", "(30,)", Labels))));
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public void A_zip_bomb_is_refused_before_it_is_unpacked()
    {
        // A GiB of zeros after an honest header for a little more: a megabyte in the archive.
        var path = Path.Combine(_folder.Path, "bomb.npz");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using var entry = archive.CreateEntry("x.npy", CompressionLevel.SmallestSize).Open();
            entry.Write(Npy("<f8", "(67108865, 2)", []));
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 64; i++)
            {
                entry.Write(zeros);
            }
        }

        Refusal.Of(Settings(path) with { Arrays = new() { Inputs = "x", Targets = "x" } }, "67108865 × 2", "the most that is read here");
    }

    private static double[] Values { get; } = [.. Enumerable.Range(0, 60).Select(i => (double)(i * 7 % 31))];

    private static double[] Labels { get; } = [.. Enumerable.Range(0, 30).Select(i => (double)(i % 3))];

    private TaskData Load(params (string Name, byte[] Content)[] arrays) => Load(new(), arrays);

    private TaskData Load(TaskSettings settings, params (string Name, byte[] Content)[] arrays) =>
        TaskLoader.Load(settings with { Dataset = "npz", Path = Write(arrays) }, 1);

    private static TaskSettings Settings(string path) => new() { Dataset = "npz", Path = path };

    private string Write(params (string Name, byte[] Content)[] arrays)
    {
        var path = Path.Combine(_folder.Path, "data.npz");
        File.Delete(path);
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, content) in arrays)
        {
            using var entry = archive.CreateEntry(name + ".npy").Open();
            entry.Write(content);
        }

        return path;
    }

    // Byte by byte as NumPy Enhancement Proposal 1 has it.
    private static byte[] Npy(string type, string shape, double[] values, byte version = 1, bool fortran = false, string? header = null)
    {
        var text = $"{{'descr': {header ?? $"'{type}'"}, 'fortran_order': {(fortran ? "True" : "False")}, 'shape': {shape}, }}";
        var start = version == 1 ? 10 : 12;
        text = text.PadRight(((start + text.Length + 64) / 64 * 64) - start - 1) + "\n";
        byte[] length = version == 1 ? [(byte)text.Length, (byte)(text.Length >> 8)] : [(byte)text.Length, (byte)(text.Length >> 8), 0, 0];
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.UTF8.GetBytes(text), .. values.SelectMany(v => Number(type, v))];
    }

    private static byte[] Number(string type, double value)
    {
        var bytes = new byte[type[2] - '0'];
        switch (type[1], bytes.Length)
        {
            case ('f', 2): BinaryPrimitives.WriteHalfLittleEndian(bytes, (Half)value); break;
            case ('f', 4): BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value); break;
            case ('f', 8): BinaryPrimitives.WriteDoubleLittleEndian(bytes, value); break;
            default:
                for (var i = 0; i < bytes.Length; i++)
                {
                    bytes[i] = (byte)((long)value >> (8 * i));
                }

                break;
        }

        if (type[0] == '>')
        {
            Array.Reverse(bytes);
        }

        return bytes;
    }
}
