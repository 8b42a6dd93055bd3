using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace LossActors.Learning.Native;

/// <summary>
/// Brings libtorch and TorchSharp's native part into this process. Must come before any other use of TorchSharp, whose own first attempt, where it fails, copies all
/// of libtorch and blames a missing package.
/// </summary>
public static class TorchLibrary
{
    private const string Bridge = "LibTorchSharp";
    private const string Core = "torch_cpu";
    private static readonly Lock s_gate = new();
    private static volatile TorchLibraryReport? s_report;
    private static IntPtr s_handle;
    private static bool s_hooked;

    /// <summary>How the library was loaded; null as long as it is not.</summary>
    public static TorchLibraryReport? Report => s_report;

    /// <summary>
    /// Loads the native libraries once per process; later calls, from any thread, answer what the first one did. A failed call may be repeated.
    /// </summary>
    /// <param name="folder">A libtorch folder of the user's own (for CUDA, say); null: the one that the environment variable <c>LOSSACTORS_LIBTORCH</c> names, else the
    /// one that the application brings.</param>
    /// <exception cref="EnvironmentException">A library is missing or cannot be loaded here, or another folder's was loaded before.</exception>
    public static TorchLibraryReport Load(string? folder = null)
    {
        lock (s_gate)
        {
            if (s_report is not { } report)
            {
                var named = string.IsNullOrEmpty(folder) ? Environment.GetEnvironmentVariable(NativeLayout.FolderVariable) : folder;
                return s_report = LoadFrom(string.IsNullOrEmpty(named) ? null : named);
            }

            return string.IsNullOrEmpty(folder) || NativeLayout.UserFolder(folder) == report.LibTorchFolder
                ? report
                : throw new EnvironmentException($"libtorch is already loaded from {report.LibTorchFolder}", $"a process cannot change to {folder}: start a new one");
        }
    }

    private static TorchLibraryReport LoadFrom(string? folder)
    {
        var application = NativeLayout.ApplicationFolders().ToList();
        var libtorch = folder is null
            ? Path.GetDirectoryName(NativeLayout.Find(application, Core))
              ?? throw new EnvironmentException(
                  $"{NativeLayout.FileName(Core)} is neither in {application[0]} nor in {application[1]}",
                  $"build with the libtorch package of this platform or set {NativeLayout.FolderVariable} to a libtorch folder")
            : NativeLayout.UserFolder(folder);
        var bridge = NativeLayout.Find([libtorch, .. application], Bridge)
            ?? throw new EnvironmentException($"{NativeLayout.FileName(Bridge)} is neither in {libtorch} nor in {application[0]}", "restore the TorchSharp package and build again");

        FreedMemory.Keep();

        // By full path and in the order of dependence: a copy in another folder then finds them loaded by soname.
        var torchCpu = IntPtr.Zero;
        foreach (var library in (string[])["c10", "c10_cuda", Core, "torch_cuda", "torch"])
        {
            var path = Path.Combine(libtorch, NativeLayout.FileName(library));
            if (File.Exists(path))
            {
                var handle = Open(path);
                torchCpu = library == Core ? handle : torchCpu;
            }
        }

        var report = new TorchLibraryReport { LibTorchFolder = libtorch, TorchSharpLibrary = bridge, CudaDevices = 0 };
        if (OperatingSystem.IsLinux())
        {
            report = OpenPatchedIfNeeded(report);
        }
        else
        {
            s_handle = Open(bridge);
        }

        Hook();
        ConvolutionBackends.SwitchOff(torchCpu);
        return report with { CudaDevices = torch.cuda.is_available() ? torch.cuda.device_count() : 0 };
    }

    private static TorchLibraryReport OpenPatchedIfNeeded(TorchLibraryReport report)
    {
        var file = File.ReadAllBytes(report.TorchSharpLibrary);
        byte[]? patched;
        try
        {
            var runtime = CxxRuntime.OfThisProcess();
            report = report with
            {
                CxxRuntime = runtime.Path,
                NewestCxxVersion = runtime.Newest,
                RequiredCxxVersion = CxxRuntime.Newer(new ElfObject(file).Needs().Where(n => n.Library == CxxRuntime.Soname).Select(n => n.Version)),
            };
            patched = SymbolVersionPatch.For(file, report.TorchSharpLibrary, runtime);
        }
        catch (InvalidDataException e)
        {
            throw new EnvironmentException($"{report.TorchSharpLibrary} or the C++ runtime cannot be examined: {e.Message}", "restore the TorchSharp package and build again", e);
        }

        if (patched is null)
        {
            s_handle = Open(report.TorchSharpLibrary);
            return report;
        }

        (var path, s_handle) = NativeCache.Use(NativeCache.DefaultFolder, Path.GetFileName(report.TorchSharpLibrary), patched, Open);
        return report with { PatchedCopy = path };
    }

    // P/Invokes ask the resolver; TorchSharp's own probe (NativeLibrary.TryLoad by name) does not, but the soname and, last, this event answer it.
    private static void Hook()
    {
        if (s_hooked)
        {
            return;
        }

        var assembly = typeof(torch).Assembly;
        NativeLibrary.SetDllImportResolver(assembly, static (name, _, _) => name == Bridge ? s_handle : IntPtr.Zero);
        AssemblyLoadContext.GetLoadContext(assembly)!.ResolvingUnmanagedDll += static (_, name) => name == Bridge ? s_handle : IntPtr.Zero;
        s_hooked = true;
    }

    private static IntPtr Open(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            // The runtime's advice comes first, then what the system's loader said.
            var lines = e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var reason = lines.Length > 1 ? string.Join(", ", lines.Skip(1)).Replace(path + ": ", "", StringComparison.Ordinal) : e.Message.Trim();
            throw new EnvironmentException(
                $"{path} cannot be loaded: {reason}",
                $"it takes a whole libtorch for this platform, of the version that TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)} is built for", e);
        }
    }
}
