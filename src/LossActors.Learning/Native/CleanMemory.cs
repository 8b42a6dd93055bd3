using System.Runtime.InteropServices;

namespace LossActors.Learning.Native;

/// <summary>
/// Has the C library hand out memory that holds zeros. oneDNN 3.7.1, which libtorch 2.10 computes single-precision convolutions with on x86, lays kernels out in blocks of 8 or 16 channels
/// and does not always write the channels that fill up a block: their gradient in the inputs then has what was in that memory before as a factor of zero, and is NaN where that was
/// no number. It shows where channels are no multiple of a block and memory has been used before, so in every process that has trained for a while.
/// </summary>
/// <remarks>
/// Measured on convolutions of 3 to 5 channels after tensors of NaN had been freed: 25 of 60 gradients were NaN, and none with this. To switch oneDNN off cures it too, but makes
/// ResNet-18 several times slower; this costs one pass over each allocation.
/// </remarks>
internal static class CleanMemory
{
    // <malloc.h>: freed memory is filled with this byte, memory handed out with its complement.
    private const int Perturb = -6;
    private const int AllOnes = 0xff;

    /// <summary>From now on, in this process; where the C library is not glibc, nothing happens.</summary>
    public static void HandOut()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return;
        }

        try
        {
            _ = Option(Perturb, AllOnes);
        }
        catch (EntryPointNotFoundException)
        {
            // musl has no such thing.
        }
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Option(int parameter, int value);
}
