using System.Runtime.InteropServices;

namespace LossActors.Learning.Native;

/// <summary>
/// Has glibc keep the memory that a training step frees for the next one. libtorch's tensors come from malloc, and by default those of one step go back to the system at its end: faulting the
/// same pages in again, step by step, can take longer than computing.
/// </summary>
internal static class FreedMemory
{
    private const int MiB = 1 << 20;

    // mallopt(3). The pad keeps what an arena that is not the main one has (64 MiB at a time) when all of it is free for a moment; 32 MiB is the greatest threshold that glibc takes.
    private static readonly (int Parameter, string Variable, int Value)[] s_settings =
    [
        (-1, "MALLOC_TRIM_THRESHOLD_", 1024 * MiB),
        (-2, "MALLOC_TOP_PAD_", 64 * MiB),
        (-3, "MALLOC_MMAP_THRESHOLD_", 32 * MiB),
    ];

    /// <summary>For this process from now on. What the environment says about it (mallopt(3)) wins; other C libraries are left as they are.</summary>
    public static unsafe void Keep()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libc.so.6", out var libc) || !NativeLibrary.TryGetExport(libc, "mallopt", out var mallopt))
        {
            return;
        }

        foreach (var (parameter, variable, value) in s_settings)
        {
            if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)))
            {
                _ = ((delegate* unmanaged[Cdecl]<int, int, int>)mallopt)(parameter, value);
            }
        }
    }
}
