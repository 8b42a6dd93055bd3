using System.Runtime.InteropServices;

namespace LossActors.Learning.Native;

/// <summary>
/// Has libtorch compute convolutions on the CPU by its own means. Not by oneDNN: the one in libtorch 2.10 (oneDNN 3.7.1, x86) lays channels out in blocks of 8 or 16 and does not always write those
/// that fill up a block: a gradient in the inputs of a single-precision convolution has what that memory held before as a factor of zero, and is NaN where that was no number. It
/// shows where channels are no multiple of a block and memory has been used before, so in every process that has trained for a while; a candidate would diverge by accident.
/// Nor by NNPACK, which libtorch would then turn to: it works on some processors only, so that results would hang on the machine, and elsewhere warns at every convolution.
/// </summary>
/// <remarks>
/// Measured on convolutions of 3 and 5 channels after tensors of NaN had been freed: 25 of 60 gradients were NaN, and none without oneDNN. Small networks become faster by it, large ones
/// slower (ResNet-18 several times on one thread). Products of matrices are not concerned.
/// </remarks>
internal static unsafe class ConvolutionBackends
{
    // at::globalContext(), at::Context::setUserEnabledMkldnn(bool) and setUserEnabledNNPACK(bool), as compilers of the Itanium C++ ABI name them. TorchSharp has no such switches.
    private const string Context = "_ZN2at13globalContextEv";
    private static readonly string[] s_switches = ["_ZN2at7Context20setUserEnabledMkldnnEb", "_ZN2at7Context20setUserEnabledNNPACKEb"];

    /// <summary>For this process, where the library has such switches.</summary>
    /// <param name="library">The handle of torch_cpu.</param>
    public static void SwitchOff(IntPtr library)
    {
        if (!NativeLibrary.TryGetExport(library, Context, out var context))
        {
            return;
        }

        foreach (var name in s_switches)
        {
            if (NativeLibrary.TryGetExport(library, name, out var enable))
            {
                ((delegate* unmanaged<IntPtr, byte, void>)enable)(((delegate* unmanaged<IntPtr>)context)(), 0);
            }
        }
    }
}
