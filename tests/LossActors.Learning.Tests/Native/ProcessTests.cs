using System.Diagnostics;
using LossActors.Learning.Native;
using LossActors.Learning.Tests.Datasets;
using TorchSharp;
using Xunit;

namespace LossActors.Learning.Tests.Native;

/// <summary>First loads in processes of their own: this test program, started to run one of the explicit tests below.</summary>
public sealed class ProcessTests : IDisposable
{
    private const string ExpectedFolder = "LOSSACTORS_TESTS_EXPECTED_FOLDER";
    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "LossActors.Learning.Tests.dll");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Many_processes_may_load_for_the_first_time_at_once()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "copies are made on Linux only");
        var processes = Enumerable.Range(0, 4).Select(_ => Start(s_program, ("XDG_DATA_HOME", _folder.Path))).ToList();

        Assert.All(processes, Succeeded);
        Assert.Equal(
            TorchLibrary.Load().PatchedCopy is null ? 0 : 1,
            Directory.GetFiles(_folder.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Length);
    }

    [Fact]
    public void A_published_program_finds_its_natives_beside_itself()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "links to half a gigabyte of natives need symbolic links");
        Publish(_folder.Path);
        LinkNatives(_folder.Path, _ => true);

        Succeeded(Start(Path.Combine(_folder.Path, Path.GetFileName(s_program)), (ExpectedFolder, _folder.Path)));
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "cpu")));
    }

    [Fact]
    public void A_libtorch_folder_of_the_users_own_is_taken_with_our_bridge()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "links to half a gigabyte of natives need symbolic links");
        var libtorch = Directory.CreateDirectory(Path.Combine(_folder.Path, "libtorch", "lib")).FullName;
        LinkNatives(libtorch, name => name != "libLibTorchSharp.so");

        Succeeded(Start(s_program, ("LOSSACTORS_LIBTORCH", Path.GetDirectoryName(libtorch)!), (ExpectedFolder, libtorch)));
    }

    [Fact]
    public void A_program_without_its_natives_says_so_in_one_line_and_copies_nothing()
    {
        Publish(_folder.Path);
        var process = Start(Path.Combine(_folder.Path, Path.GetFileName(s_program)), ("LOSSACTORS_LIBTORCH", ""));
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.NotEqual(0, process.ExitCode);
        Assert.Contains("EnvironmentException : libtorch_cpu.so is neither in", output.Replace("torch_cpu.dll", "libtorch_cpu.so", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "cpu")));
    }

    [Fact]
    public void A_damaged_libtorch_is_refused_in_one_short_line()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "links to half a gigabyte of natives need symbolic links");
        LinkNatives(_folder.Path, name => name != "libtorch_cpu.so");
        var path = _folder.Write("libtorch_cpu.so", "not a library");
        var process = Start(s_program, ("LOSSACTORS_LIBTORCH", _folder.Path));
        var line = process.StandardOutput.ReadToEnd().Split('\n').Single(l => l.Contains("EnvironmentException : ", StringComparison.Ordinal));
        process.WaitForExit();

        Assert.Contains($"{path} cannot be loaded: ", line, StringComparison.Ordinal);
        Assert.Contains("file too short", line, StringComparison.Ordinal);
        Assert.InRange(line.Length, 1, 400);
    }

    [Fact(Explicit = true)]
    public void Child_LoadsAndComputes()
    {
        var report = TorchLibrary.Load();
        if (Environment.GetEnvironmentVariable(ExpectedFolder) is { Length: > 0 } expected)
        {
            Assert.Equal(expected, report.LibTorchFolder);
        }

        torch.InitializeDeviceType(DeviceType.CPU);
        using var scope = torch.NewDisposeScope();
        Assert.Equal(6f, torch.ones(2, 3).sum().item<float>());
    }

    private static Process Start(string program, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            ArgumentList = { "exec", program, "-explicit", "only", "-method", $"*.{nameof(Child_LoadsAndComputes)}", "-noColor" },
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static void Succeeded(Process process)
    {
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0 && output.Contains("Total: 1, Errors: 0, Failed: 0, Skipped: 0", StringComparison.Ordinal), output);
    }

    // As dotnet publish -r lays a program out, but for the natives.
    private static void Publish(string folder)
    {
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory).Where(f => Path.GetExtension(f) is ".dll" or ".json" && !f.EndsWith(".deps.json", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    private static void LinkNatives(string folder, Func<string, bool> chosen)
    {
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(TorchLibrary.Load().TorchSharpLibrary)!, "*.so*").Where(f => chosen(Path.GetFileName(f))))
        {
            File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(file)), file);
        }
    }
}
