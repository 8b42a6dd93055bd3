using LossActors.Learning.Native;
using TorchSharp;
using Xunit;

namespace LossActors.Learning.Tests.Native;

public sealed class TorchLibraryTests
{
    [Fact]
    public void A_tensor_operation_and_its_gradient_work_after_loading()
    {
        TorchLibrary.Load();

        using var scope = torch.NewDisposeScope();
        var x = torch.tensor(new[] { 1f, 2f, 3f }, requires_grad: true);
        var loss = (x * x).sum();
        loss.backward();

        Assert.Equal(14f, loss.item<float>());
        Assert.Equal([2f, 4f, 6f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Loading_again_from_many_threads_answers_what_the_first_one_did()
    {
        var reports = new TorchLibraryReport[8];
        var threads = Enumerable.Range(0, reports.Length).Select(i => new Thread(() => reports[i] = TorchLibrary.Load())).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());

        Assert.All(reports, r => Assert.Same(reports[0], r));
        Assert.Same(reports[0], TorchLibrary.Report);
    }

    [Fact]
    public void The_library_is_patched_exactly_where_the_cxx_runtime_is_older_than_what_it_asks_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "symbol versions are a matter of Linux");
        var report = TorchLibrary.Load();

        var isOlder = Version.Parse(report.NewestCxxVersion!["GLIBCXX_".Length..]) < Version.Parse(report.RequiredCxxVersion!["GLIBCXX_".Length..]);
        Assert.Equal(isOlder, report.PatchedCopy is not null);
        Assert.True(File.Exists(report.CxxRuntime));
        Assert.Equal(report.PatchedCopy ?? report.TorchSharpLibrary, File.ReadLines("/proc/self/maps")
            .Where(l => l.EndsWith("/libLibTorchSharp.so", StringComparison.Ordinal)).Select(l => l[l.IndexOf('/', StringComparison.Ordinal)..]).Distinct().Single());
    }

    [Fact]
    public void TorchSharps_own_search_never_gets_to_copy_libtorch()
    {
        TorchLibrary.Load();
        torch.InitializeDeviceType(DeviceType.CPU);

        Assert.False(Directory.Exists(Path.Combine(Path.GetDirectoryName(typeof(torch).Assembly.Location)!, "cpu")));
    }

    [Fact]
    public void A_folder_without_libtorch_is_refused_in_one_line()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            TorchLibrary.Load();
            var error = Assert.Throws<EnvironmentException>(() => TorchLibrary.Load(folder.FullName));
            Assert.Contains(folder.FullName, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
        finally
        {
            folder.Delete(true);
        }
    }
}
