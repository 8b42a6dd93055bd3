using LossActors.Learning.Native;
using Xunit;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Support;

/// <summary>The GPU, for tests that need one: without one they are skipped.</summary>
internal static class Gpu
{
    public const string Name = "cuda:0";

    public static Device Require()
    {
        Assert.SkipUnless(TorchLibrary.Load().CudaDevices > 0, "this machine has no CUDA device");
        return Devices.Require(Name);
    }
}
