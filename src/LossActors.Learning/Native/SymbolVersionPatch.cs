namespace LossActors.Learning.Native;

/// <summary>
/// Makes TorchSharp's native part loadable where libstdc++ is older than GCC 13 (Debian 12, Ubuntu 22.04).
/// </summary>
/// <remarks>
/// It asks for GLIBCXX_3.4.32 because of one symbol, <c>_ZSt21ios_base_library_initv</c>: a marker by which the linker makes sure that somebody initialises the
/// standard streams, called by nobody. With the version marked weak the loader does without it. Any other symbol of a missing version would be
/// called, so then nothing is patched.
/// </remarks>
internal static class SymbolVersionPatch
{
    private static readonly string[] s_markers = ["_ZSt21ios_base_library_initv"];

    /// <summary>The file's bytes with what is missing made weak; null if nothing is missing.</summary>
    /// <exception cref="EnvironmentException">Something is missing that cannot be done without.</exception>
    public static byte[]? For(byte[] file, string path, CxxRuntime runtime)
    {
        var missing = new ElfObject(file).Needs()
            .Where(n => n.Library == CxxRuntime.Soname && !n.Weak && !runtime.Versions.Contains(n.Version)).ToList();
        if (missing.Count == 0)
        {
            return null;
        }

        foreach (var need in missing)
        {
            var elf = new ElfObject(file);
            if (elf.SymbolsOf(need) is not { } symbols || symbols.Except(s_markers).Any())
            {
                throw new EnvironmentException(
                    $"{path} needs {need.Version}, but {runtime.Path} ends at {runtime.Newest}",
                    "run on a system whose libstdc++ is of GCC 13 or newer (Debian 13, Ubuntu 24.04)");
            }

            file = elf.Weakened(need);
        }

        return file;
    }
}
