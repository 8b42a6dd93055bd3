using System.Runtime.InteropServices;

namespace LossActors.Learning.Native;

/// <summary>The libstdc++ of this process and the symbol versions that it defines (Linux).</summary>
internal sealed record CxxRuntime(string Path, IReadOnlySet<string> Versions)
{
    /// <summary>The soname that shared objects name it by.</summary>
    public const string Soname = "libstdc++.so.6";

    /// <summary>The newest version of the GLIBCXX series.</summary>
    public string? Newest => Newer(Versions);

    /// <summary>The one that the loader chooses for this process.</summary>
    /// <exception cref="EnvironmentException">There is none.</exception>
    public static CxxRuntime OfThisProcess()
    {
        if (!NativeLibrary.TryLoad(Soname, out _))
        {
            throw new EnvironmentException($"the C++ runtime {Soname} is missing on this machine", "install it (Debian, Ubuntu: apt-get install libstdc++6)");
        }

        // The loader knows where it took it from; asking the file system again could find another.
        var path = File.ReadLines("/proc/self/maps").Select(PathOf).FirstOrDefault(p => System.IO.Path.GetFileName(p)?.StartsWith("libstdc++.so.6", StringComparison.Ordinal) == true)
            ?? throw new EnvironmentException($"{Soname} is loaded but /proc/self/maps does not say from where", "run in a sandbox that allows reading it");
        return new CxxRuntime(path, new ElfObject(File.ReadAllBytes(path)).Definitions().ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>The newest version of the GLIBCXX series among some.</summary>
    public static string? Newer(IEnumerable<string> versions) => versions
        .Where(v => v.StartsWith("GLIBCXX_", StringComparison.Ordinal) && Version.TryParse(v["GLIBCXX_".Length..], out _))
        .MaxBy(v => Version.Parse(v["GLIBCXX_".Length..]));

    private static string? PathOf(string mapping)
    {
        var start = mapping.IndexOf('/', StringComparison.Ordinal);
        return start < 0 ? null : mapping[start..];
    }
}
