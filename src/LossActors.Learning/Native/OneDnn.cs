using System.Runtime.InteropServices;

namespace LossActors.Learning.Native;

/// <summary>
/// Has libtorch compute convolutions by its own means and not by oneDNN. The one in libtorch 2.10 (oneDNN 3.7.1, x86) lays channels out in blocks of 8 or 16 and does not always write those
/// that fill up a block: a gradient in the inputs of a single-precision convolution has what that memory held before as a factor of zero, and is NaN where that was no number. It
/// shows where channels are no multiple of a block and memory has been used before, so in every process that has trained for a while; a candidate would diverge by accident.
/// </summary>
/// <remarks>
/// Measured on convolutions of 3 and 5 channels after tensors of NaN had been freed: 25 of 60 gradients were NaN, and none without oneDNN. Small networks become faster by it, large ones
/// slower (ResNet-18 several times on one thread). TorchSharp has no switch for it, so the function is called by its name in the library; products of matrices are not concerned.
/// </remarks>
internal static unsafe class OneDnn
{
    // at::globalContext() and at::Context::setUserEnabledMkldnn(bool), as compilers of the Itanium C++ ABI name them.
    private const string Context = "_ZN2at13globalContextEv";
    private const string Enable = "_ZN2at7Context20setUserEnabledMkldnnEb";

    /// <summary>For this process, where the library has such a switch.</summary>
    /// <param name="library">The handle of torch_cpu.</param>
    public static void SwitchOff(IntPtr library)
    {
        if (NativeLibrary.TryGetExport(library, Context, out var context) && NativeLibrary.TryGetExport(library, Enable, out var enable))
        {
            ((delegate* unmanaged<IntPtr, byte, void>)enable)(((delegate* unmanaged<IntPtr>)context)(), 0);
        }
    }
}
