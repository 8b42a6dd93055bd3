using System.Collections.Immutable;
using LossActors.Learning.Datasets;
using LossActors.Learning.Native;
using LossActors.Learning.Protocols;
using TorchSharp;

namespace LossActors.Learning.Diagnostics;

/// <summary>What training needs of this machine: native library, devices, data and folders to write to.</summary>
public static class LearningChecks
{
    /// <summary>Looks at everything, and really loads and computes; nothing that fails is thrown.</summary>
    /// <param name="libTorchFolder">The libtorch folder that the configuration names; null: as <see cref="TorchLibrary.Load"/>.</param>
    /// <param name="devices">The devices that the configuration names.</param>
    public static ImmutableArray<DoctorCheck> Run(string? libTorchFolder = null, params IReadOnlyList<string> devices)
    {
        ArgumentNullException.ThrowIfNull(devices);
        var library = Try("native library", () => TorchLibrary.Load(libTorchFolder).Summary);
        var checks = ImmutableArray.CreateBuilder<DoctorCheck>();
        checks.Add(library);
        if (library.Ok)
        {
            checks.Add(Try("training step on the CPU", () => TrainingStep("cpu")));
            checks.Add(Cuda(TorchLibrary.Report!));
            checks.AddRange(devices.Where(d => d != "cpu").Distinct().Select(d => Try($"training step on {d}", () => TrainingStep(d))));
            checks.Add(Try("threads", () => $"{Environment.ProcessorCount} processors; libtorch computes with {torch.get_num_threads()} threads unless told otherwise"));
        }

        checks.Add(Try("embedded datasets", EmbeddedDatasets));
        checks.Add(FashionMnist());
        checks.Add(Writable("folder for patched libraries", NativeCache.DefaultFolder, required: false));
        checks.Add(Writable("temporary folder", Path.GetTempPath(), required: true));
        return checks.ToImmutable();
    }

    // d/dw of mean((x·w)²) at x = (1, 2), (3, 4) and w = (1, 1) is Xᵀ(Xw)·2/2 = (24, 34).
    private static string TrainingStep(string device)
    {
        var place = Devices.Require(device);
        using var scope = torch.NewDisposeScope();
        using var x = torch.tensor(new float[,] { { 1, 2 }, { 3, 4 } }).to(place);
        var w = torch.ones(2, 1, device: place, requires_grad: true);
        x.mm(w).square().mean().backward();
        var gradient = w.grad!.cpu().data<float>().ToArray();
        return gradient is [24f, 34f]
            ? "forward and backward pass give the right gradient"
            : throw new EnvironmentException($"the gradient of a least-squares loss on {device} is ({string.Join(", ", gradient)}), not (24, 34)", "do not trust this libtorch; use another");
    }

    private static DoctorCheck Cuda(TorchLibraryReport report) => new("CUDA devices", true, report.CudaDevices == 0
        ? "none; training runs on the CPU"
        : string.Join(", ", report.DeviceNames.Skip(1)));

    private static string EmbeddedDatasets()
    {
        var embedded = DatasetCatalog.Entries.Where(e => e is { IsPresent: true, Folder: null }).Select(e => TaskLoader.Load(new TaskSettings { Dataset = e.Name }, 1));
        return string.Join(", ", embedded.Select(t => $"{t.Name} ({t.Training.Count + t.Validation.Count + t.Test.Count})"));
    }

    private static DoctorCheck FashionMnist()
    {
        var entry = DatasetCatalog.Entries.Single(e => e.Name == "fashion-mnist");
        return entry.IsPresent
            ? new DoctorCheck("Fashion-MNIST", true, $"in {entry.Folder}")
            : new DoctorCheck("Fashion-MNIST", true, $"not in {entry.Folder} (optional)", "apt-get install dataset-fashion-mnist, or set task.path to a folder with its four files");
    }

    private static DoctorCheck Writable(string name, string? folder, bool required)
    {
        try
        {
            NativeCache.CreateMine(folder ?? throw new IOException("there is no such folder for this user"));
            var probe = Path.Combine(folder, $".lossactors-{Guid.NewGuid():N}");
            File.WriteAllBytes(probe, [1]);
            File.Delete(probe);
            return new DoctorCheck(name, true, $"{folder} can be written");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var detail = $"{folder ?? "application data"} cannot be written: {e.Message.ReplaceLineEndings(" ")}";
            return required
                ? new DoctorCheck(name, false, detail, "make it writable, or set TMPDIR to a folder that is")
                : new DoctorCheck(name, true, detail + "; the temporary folder is used instead");
        }
    }

    private static DoctorCheck Try(string name, Func<string> check)
    {
        try
        {
            return new DoctorCheck(name, true, check());
        }
        catch (EnvironmentException e)
        {
            return new DoctorCheck(name, false, e.Problem, e.Remedy);
        }
        catch (Exception e) when (e is DataException or System.Runtime.InteropServices.ExternalException or NotSupportedException or InvalidOperationException or TypeInitializationException)
        {
            return new DoctorCheck(name, false, e.Message.ReplaceLineEndings(" "), "reinstall LossActors, and report this line if it stays");
        }
    }
}
