using System.Runtime.Versioning;
using LossActors.Learning.Native;
using LossActors.Learning.Tests.Datasets;
using Xunit;

namespace LossActors.Learning.Tests.Native;

public sealed class NativeCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_kept_file_is_found_again_and_other_content_is_another_file()
    {
        var one = NativeCache.TryKeep(_folder.Path, "lib.so", [1, 2, 3])!;
        var written = File.GetLastWriteTimeUtc(one);
        var again = NativeCache.TryKeep(_folder.Path, "lib.so", [1, 2, 3]);
        var other = NativeCache.TryKeep(_folder.Path, "lib.so", [1, 2, 4]);

        Assert.Equal(one, again);
        Assert.Equal(written, File.GetLastWriteTimeUtc(one));
        Assert.NotEqual(one, other);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(one));
    }

    [Fact]
    public void A_damaged_kept_file_is_replaced()
    {
        var path = NativeCache.TryKeep(_folder.Path, "lib.so", [1, 2, 3])!;
        File.WriteAllBytes(path, [1, 2]);

        Assert.Equal(path, NativeCache.TryKeep(_folder.Path, "lib.so", [1, 2, 3]));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void Many_at_once_leave_one_whole_file()
    {
        var content = new byte[1 << 20];
        new Random(1).NextBytes(content);
        using var barrier = new Barrier(8);
        var seen = new byte[8][];
        var threads = Enumerable.Range(0, 8).Select(i => new Thread(() =>
        {
            barrier.SignalAndWait();
            seen[i] = File.ReadAllBytes(NativeCache.TryKeep(_folder.Path, "lib.so", content)!);
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());

        Assert.All(seen, s => Assert.Equal(content, s));
        Assert.Single(Directory.GetFiles(_folder.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_that_others_may_write_is_not_trusted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Unix permissions");
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_111_111);

        Assert.Null(NativeCache.TryKeep(_folder.Path, "lib.so", [1, 2, 3]));
        var (path, content) = NativeCache.Use(_folder.Path, "lib.so", [1, 2, 3], File.ReadAllBytes);
        Assert.Equal([1, 2, 3], content);
        Assert.False(path.StartsWith(_folder.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_cache_the_file_lives_only_while_it_is_loaded()
    {
        var blocked = _folder.Write("file", "not a folder");
        foreach (var folder in new[] { null, blocked })
        {
            var (path, existed) = NativeCache.Use(folder, "lib.so", [1], File.Exists);

            Assert.True(existed);
            Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
        }
    }
}
