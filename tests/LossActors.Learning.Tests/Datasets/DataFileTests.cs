using LossActors.Learning.Datasets;
using Xunit;

namespace LossActors.Learning.Tests.Datasets;

public sealed class DataFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_is_read_up_to_a_limit_of_what_it_unpacks_to(bool zipped)
    {
        var path = _folder.Write("zeros", new byte[100_000], zipped);

        Assert.Equal(100_000, DataFile.Read(path, 100_000).Length);
        Refused(path, 99_999, "holds more than 99,999 bytes, the most that is read here");
    }

    [Fact]
    public void What_cannot_be_read_is_named()
    {
        Refused(_folder.Path, 10, "this is a folder; name a file in it");
        Refused(Path.Combine(_folder.Path, "nowhere", "file"), 10, "no such file; check the path");

        var whole = File.ReadAllBytes(_folder.Write("whole.gz", [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * i % 251))], zipped: true));
        foreach (var length in new[] { whole.Length / 2, whole.Length - 1, whole.Length - 9, 100, 7 })
        {
            Refused(_folder.Write("half.gz", whole[..length]), 200_000, "broken gzip data; fetch the file again");
        }
    }

    [Fact]
    public void Devices_and_pipes_are_refused_before_they_are_opened()
    {
        Refused(_folder.Write("empty", []), 10, "the file is empty, or no file but a pipe or a device");
        Assert.SkipUnless(File.Exists("/dev/zero"), "No device to try.");
        Refused("/dev/zero", 10, "the file is empty, or no file but a pipe or a device");
        var link = Path.Combine(_folder.Path, "link");
        File.CreateSymbolicLink(link, "/dev/zero");
        Refused(link, 10, "no file but a pipe or a device");
    }

    private static void Refused(string path, long limit, string what)
    {
        var error = Assert.Throws<DataException>(() => DataFile.Read(path, limit));
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
