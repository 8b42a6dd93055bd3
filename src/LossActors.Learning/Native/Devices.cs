using System.Globalization;
using TorchSharp;

namespace LossActors.Learning.Native;

/// <summary>The devices of this machine by the names that the configuration uses.</summary>
public static class Devices
{
    /// <summary>Makes sure that a device of this name can be used: for those who have no business with tensors.</summary>
    /// <exception cref="EnvironmentException">There is no such device here; the message says what to do.</exception>
    public static void Ensure(string device) => Require(device);

    /// <summary>The device of a name: <c>cpu</c>, <c>cuda</c> (the first one) or <c>cuda:N</c>.</summary>
    /// <exception cref="EnvironmentException">There is no such device here; the message says what to do.</exception>
    public static torch.Device Require(string device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (device == "cpu")
        {
            Torch.Ensure();
            return new torch.Device(DeviceType.CPU);
        }

        var index = 0;
        if (device != "cuda" && !(device.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(device.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out index)))
        {
            throw new EnvironmentException($"unknown device \"{device}\"", "use cpu or cuda:N, with N counted from 0");
        }

        var report = TorchLibrary.Load();
        return report.CudaDevices switch
        {
            0 when !HasCudaLibraries(report) => throw new EnvironmentException(
                $"device {device} is not available: {report.LibTorchFolder} holds a libtorch for the CPU only",
                $"use device cpu, build with -p:LibTorch=cuda, or set {NativeLayout.FolderVariable} to a libtorch folder with CUDA"),
            0 => throw new EnvironmentException($"device {device} is not available: libtorch finds no CUDA device", "check the driver with nvidia-smi, or use device cpu"),
            var count when index >= count => throw new EnvironmentException($"device {device} is not available", $"use one that this machine has: {string.Join(", ", report.DeviceNames)}"),
            _ => new torch.Device(DeviceType.CUDA, index),
        };
    }

    private static bool HasCudaLibraries(TorchLibraryReport report) => File.Exists(Path.Combine(report.LibTorchFolder, NativeLayout.FileName("torch_cuda")));
}
