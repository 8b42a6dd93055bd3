using System.Runtime.InteropServices;

namespace LossActors.Actors.Evaluators;

/// <summary>
/// Lowers the priority of training below that of everything that answers: on Linux a nice value belongs to a thread and is
/// inherited by the threads it starts (libtorch's), so reports and heartbeats of the same process keep theirs.
/// </summary>
internal static class LowPriority
{
    private const int OfThisThread = 0;
    private const int Nice = 10;

    /// <summary>Applies to the calling thread.</summary>
    public static void Apply()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetPriority(which: 0, OfThisThread, Nice);
        }
        else
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        }
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int nice);
}
