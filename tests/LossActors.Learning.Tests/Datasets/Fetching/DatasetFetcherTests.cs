using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using LossActors.Learning.Datasets;
using LossActors.Learning.Datasets.Fetching;
using Xunit;

namespace LossActors.Learning.Tests.Datasets.Fetching;

public sealed class DatasetFetcherTests : IDisposable
{
    private static readonly byte[] s_content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * i % 253))];
    private readonly TemporaryFolder _folder = new();
    private readonly List<FetchProgress> _progress = [];

    private string Target => Path.Combine(_folder.Path, "data.bin");

    private string Partial => Target + ".part";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_is_brought_checked_and_not_brought_again()
    {
        using var server = new FileServer((_, from, _) => FileServer.Ranged(s_content, from));
        await Fetch(server);
        await Fetch(server);

        Assert.Equal(s_content, File.ReadAllBytes(Target));
        Assert.Equal([("/data/data.bin", null)], server.Requests);
        Assert.False(File.Exists(Partial));
        Assert.Equal(s_content.Length, _progress[^1].Bytes);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_is_taken_up_where_it_broke()
    {
        using var server = new FileServer((_, from, n) => FileServer.Ranged(s_content, from) with { CutAfter = n < 2 ? 100_000 : null });
        await Fetch(server);

        Assert.Equal(s_content, File.ReadAllBytes(Target));
        Assert.Equal([null, 100_000, 200_000], server.Requests.Select(r => r.From));
        Assert.Equal(2, _progress.Count(p => p.Trouble is not null));
    }

    [Fact]
    public async Task An_interrupted_fetch_leaves_what_came_and_the_next_one_goes_on()
    {
        using var server = new FileServer((_, from, _) => FileServer.Ranged(s_content, from));
        using var interruption = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Fetch(server, p => Interrupt(p, interruption), interruption.Token));
        var came = new FileInfo(Partial).Length;
        Assert.InRange(came, 1, s_content.Length - 1);
        Assert.False(File.Exists(Target));

        await Fetch(server);
        Assert.Equal(s_content, File.ReadAllBytes(Target));
        Assert.Equal([null, came], server.Requests.Select(r => r.From));
    }

    [Fact]
    public async Task A_server_without_ranges_sends_everything_again()
    {
        _folder.Write("data.bin.part", s_content[..1000]);
        using var server = new FileServer((_, _, _) => new Answer("200 OK", s_content));
        await Fetch(server);

        Assert.Equal(s_content, File.ReadAllBytes(Target));
        Assert.Equal([1000], server.Requests.Select(r => r.From));
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_asked_again()
    {
        using var server = new FileServer((_, from, n) => FileServer.Ranged(s_content, from) with { CutAfter = n == 0 ? 70_000 : null, FallsSilent = n == 0 });
        await Fetch(server.Address, Dataset(s_content, "data.bin"), silence: TimeSpan.FromSeconds(2));

        Assert.Equal(s_content, File.ReadAllBytes(Target));
        Assert.Contains("silent", _progress.Single(p => p.Trouble is not null).Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_earlier_try_left_of_another_file_is_thrown_away()
    {
        _folder.Write("data.bin.part", new byte[150_000]);
        using var server = new FileServer((_, from, _) => FileServer.Ranged(s_content, from));
        await Fetch(server);

        Assert.Equal(s_content, File.ReadAllBytes(Target));
        Assert.Equal([150_000, null], server.Requests.Select(r => r.From));
    }

    [Theory]
    [InlineData(400_000)]
    [InlineData(300_000)]
    public async Task A_left_over_that_is_too_long_or_whole_but_wrong_is_thrown_away(int length)
    {
        _folder.Write("data.bin.part", new byte[length]);
        using var server = new FileServer((_, from, _) => FileServer.Ranged(s_content, from));
        await Fetch(server);

        Assert.Equal(s_content, File.ReadAllBytes(Target));
        Assert.Equal([null], server.Requests.Select(r => r.From));
    }

    [Fact]
    public async Task A_damaged_file_is_brought_again()
    {
        _folder.Write("data.bin", [.. s_content[..^1], 0]);
        using var server = new FileServer((_, from, _) => FileServer.Ranged(s_content, from));
        await Fetch(server);

        Assert.Equal(s_content, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task A_wrong_checksum_is_refused_and_the_file_deleted()
    {
        using var server = new FileServer((_, from, _) => FileServer.Ranged([.. s_content[..^1], 1], from));
        await Refused(server, "another checksum than was published", "was deleted", "--from");

        Assert.Empty(Directory.GetFiles(_folder.Path));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("404 Not Found", 1)]
    [InlineData("403 Forbidden", 1)]
    [InlineData("503 Service Unavailable", 3)]
    public async Task An_error_of_the_server_is_said_in_one_line(string status, int requests)
    {
        using var server = new FileServer((_, _, _) => new Answer(status, "no"u8.ToArray()));
        await Refused(server, status, "data.bin");

        Assert.Equal(requests, server.Requests.Count);
        Assert.False(File.Exists(Target));
    }

    [Theory]
    [InlineData(299_999L)]
    [InlineData(5_000_000_000L)]
    public async Task A_file_of_another_length_is_refused_before_it_is_brought(long claimed)
    {
        using var server = new FileServer((_, _, _) => new Answer("200 OK", s_content) { Claimed = claimed });
        await Refused(server, "but the published file has 300,000");
        Assert.Empty(_progress);
    }

    [Fact]
    public async Task An_endless_body_without_a_length_is_cut_at_the_published_size()
    {
        using var server = new FileServer((_, _, _) => new Answer("200 OK", Chunked([.. s_content, .. s_content])) { Headers = ["Transfer-Encoding: chunked"] });
        await Fetch(server);
        Assert.Equal(s_content, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task A_server_that_never_gets_far_is_given_up_and_what_came_is_kept()
    {
        using var server = new FileServer((_, from, _) => FileServer.Ranged(s_content, from) with { CutAfter = 10 });
        await Refused(server, "3 times in a row", "run the command again to go on with the 30 bytes");
        Assert.Equal(s_content[..30], File.ReadAllBytes(Partial));
    }

    [Fact]
    public async Task Nobody_listening_is_said_in_one_line()
    {
        Uri address;
        using (var server = new FileServer((_, _, _) => new Answer("200 OK", [])))
        {
            address = server.Address;
        }

        await Refused(address, "127.0.0.1", "3 times in a row");
    }

    [Fact]
    public async Task Redirects_are_followed_but_not_in_a_circle()
    {
        using var server = new FileServer((path, from, _) => path.StartsWith("/data/", StringComparison.Ordinal)
            ? new Answer("302 Found", []) { Headers = ["Location: /elsewhere/file"] }
            : FileServer.Ranged(s_content, from));
        await Fetch(server);
        Assert.Equal(s_content, File.ReadAllBytes(Target));

        File.Delete(Target);
        using var circle = new FileServer((path, _, _) => new Answer("302 Found", []) { Headers = [$"Location: {path}"] });
        await Refused(circle, "302 Found");
    }

    [Fact]
    public async Task Two_fetches_do_not_write_into_one_file()
    {
        using var held = new FileStream(Partial, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        using var server = new FileServer((_, from, _) => FileServer.Ranged(s_content, from));
        await Refused(server, "does another fetch run?");
    }

    [Fact]
    public async Task An_archive_gives_the_files_that_are_wanted_and_nothing_else()
    {
        var archive = Tar(("wanted/a.bin", [1, 2, 3]), ("../outside.bin", [9]), ("/tmp/lossactors-absolute.bin", [9]), ("wanted/other.bin", [9]), ("deep/wanted/b.bin", [9]), ("wanted/b.bin", [4]));
        using var server = new FileServer((_, from, _) => FileServer.Ranged(archive, from));
        var dataset = Dataset(archive, "archive.tar.gz", new("wanted/a.bin", 3), new("wanted/b.bin", 1));
        await Fetch(server.Address, dataset);
        await Fetch(server.Address, dataset);

        Assert.Equal(["a.bin", "b.bin"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal([4], File.ReadAllBytes(Path.Combine(_folder.Path, "b.bin")));
        Assert.False(File.Exists(Path.Combine(_folder.Path, "..", "outside.bin")));
        Assert.False(File.Exists("/tmp/lossactors-absolute.bin"));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_file_of_an_archive_that_was_cut_off_is_brought_again()
    {
        var archive = Tar(("wanted/a.bin", [1, 2, 3]));
        _folder.Write("a.bin", [1, 2]);
        using var server = new FileServer((_, from, _) => FileServer.Ranged(archive, from));
        await Fetch(server.Address, Dataset(archive, "archive.tar.gz", new ArchiveMember("wanted/a.bin", 3)));

        Assert.Equal([1, 2, 3], File.ReadAllBytes(Path.Combine(_folder.Path, "a.bin")));
    }

    [Fact]
    public async Task An_archive_that_is_none_or_lacks_a_file_is_refused()
    {
        foreach (var (archive, what) in new[] { (Tar(("wanted/a.bin", [1, 2, 3])), "lacks wanted/b.bin"), (Tar(("wanted/a.bin", [1])), "1 bytes where 3 belong"), (s_content, "broken archive"), (Tar(("wanted/a.bin", [1]))[..40], "archive") })
        {
            using var server = new FileServer((_, from, _) => FileServer.Ranged(archive, from));
            var error = await Assert.ThrowsAsync<FetchException>(() => Fetch(server.Address, Dataset(archive, "archive.tar.gz", new("wanted/a.bin", 3), new("wanted/b.bin", 1))));
            Assert.Contains(what, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
            File.Delete(Path.Combine(_folder.Path, "archive.tar.gz"));
        }
    }

    [Fact]
    public void Every_public_dataset_has_checksums_of_the_right_length_and_files_that_its_loader_reads()
    {
        Assert.Equal(["cifar10", "cifar100", "fashion-mnist", "kmnist", "mnist", "svhn"], DatasetFetcher.Names);
        Assert.All(PublicDatasets.ByName.Values.SelectMany(d => d.Files), file =>
        {
            Assert.Equal(file.Checksum.Algorithm == HashAlgorithmName.MD5 ? 32 : 64, file.Checksum.Value.Length);
            Assert.All(file.Checksum.Value, c => Assert.True(char.IsAsciiHexDigitLower(c)));
        });
        Assert.Contains(new ArchiveMember("cifar-10-batches-bin/data_batch_5.bin", 30_730_000), PublicDatasets.ByName["cifar10"].Files.Single().Members);
        Assert.Equal([153_700_000, 30_740_000], PublicDatasets.ByName["cifar100"].Files.Single().Members.Select(m => m.Size));
        Assert.Contains("t10k-labels-idx1-ubyte.gz", PublicDatasets.ByName["kmnist"].Files.Select(f => f.Name));
    }

    [Fact]
    public void What_is_fetched_goes_where_the_loaders_look()
    {
        // Debian's package of Fashion-MNIST serves as long as nothing was fetched.
        Assert.All(DatasetCatalog.Entries.Where(e => DatasetFetcher.Names.Contains(e.Name) && e.Name != "fashion-mnist"), e => Assert.Equal(DatasetFolders.Of(e.Name), e.Folder));
    }

    private static void Interrupt(FetchProgress progress, CancellationTokenSource interruption)
    {
        if (progress.Bytes >= 100_000)
        {
            interruption.Cancel();
        }
    }

    private Task Fetch(FileServer server, Action<FetchProgress>? report = null, CancellationToken? cancellation = null) =>
        Fetch(server.Address, Dataset(s_content, "data.bin"), report, cancellation);

    private async Task Fetch(Uri address, PublicDataset dataset, Action<FetchProgress>? report = null, CancellationToken? cancellation = null, TimeSpan? silence = null)
    {
        using var fetcher = new DatasetFetcher(TimeProvider.System, new FetchSettings { Attempts = 3, Pause = TimeSpan.FromMilliseconds(1), Silence = silence ?? TimeSpan.FromMinutes(1) });
        await fetcher.Fetch(dataset, _folder.Path, address, report ?? _progress.Add, cancellation ?? TestContext.Current.CancellationToken);
    }

    private Task Refused(FileServer server, params string[] parts) => Refused(server.Address, parts);

    private async Task Refused(Uri address, params string[] parts)
    {
        var error = await Assert.ThrowsAsync<FetchException>(() => Fetch(address, Dataset(s_content, "data.bin")));
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', error.Message);
    }

    private static PublicDataset Dataset(byte[] content, string name, params ArchiveMember[] members) => new(
        "test", new Uri("http://published.invalid/"), [new PublicFile(name, content.Length, Checksum.Sha256(Convert.ToHexStringLower(SHA256.HashData(content)))) { Members = [.. members] }]);

    private static byte[] Chunked(byte[] content) =>
        [.. System.Text.Encoding.ASCII.GetBytes($"{content.Length:x}\r\n"), .. content, .. "\r\n0\r\n\r\n"u8];

    private static byte[] Tar(params (string Name, byte[] Content)[] entries)
    {
        var memory = new MemoryStream();
        using (var writer = new TarWriter(new GZipStream(memory, CompressionLevel.Fastest)))
        {
            foreach (var (name, content) in entries)
            {
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            }
        }

        return memory.ToArray();
    }
}
