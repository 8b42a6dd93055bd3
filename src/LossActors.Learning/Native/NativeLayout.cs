using System.Runtime.InteropServices;

namespace LossActors.Learning.Native;

/// <summary>Where native libraries lie, and what they are called on this platform.</summary>
internal static class NativeLayout
{
    /// <summary>Name of the environment variable that names a libtorch folder; child processes inherit it.</summary>
    public const string FolderVariable = "LOSSACTORS_LIBTORCH";

    /// <summary>A library's file name here: <c>libc10.so</c>, <c>c10.dll</c>, <c>libc10.dylib</c>.</summary>
    public static string FileName(string library) =>
        OperatingSystem.IsWindows() ? library + ".dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    /// <summary>The folders of the application that may hold natives: per runtime as in a build, beside the program as published, and where the host looks.</summary>
    public static IEnumerable<string> ApplicationFolders()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        var rid = $"{system}-{(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64")}";
        var host = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string)?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
        return [Path.Combine(AppContext.BaseDirectory, "runtimes", rid, "native"), AppContext.BaseDirectory, .. host];
    }

    /// <summary>The first of some folders that holds a library.</summary>
    public static string? Find(IEnumerable<string> folders, string library) =>
        folders.Select(f => Path.Combine(f, FileName(library))).FirstOrDefault(File.Exists);

    /// <summary>The folder with libtorch_cpu that a user names: it, or its <c>lib</c> (as in PyTorch's own archives).</summary>
    /// <exception cref="EnvironmentException">There is no libtorch in it.</exception>
    public static string UserFolder(string folder)
    {
        var full = Path.GetFullPath(folder);
        var found = Find([full, Path.Combine(full, "lib")], "torch_cpu")
            ?? throw new EnvironmentException(
                $"no {FileName("torch_cpu")} in {full}",
                "name the folder that holds libtorch's libraries (of a Python torch: …/site-packages/torch/lib)");
        return Path.GetDirectoryName(found)!;
    }
}
