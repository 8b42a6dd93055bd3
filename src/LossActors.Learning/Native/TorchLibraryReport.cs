namespace LossActors.Learning.Native;

/// <summary>How the native library came into this process: what was found and what was done about it.</summary>
public sealed record TorchLibraryReport
{
    /// <summary>The folder that libtorch was loaded from.</summary>
    public required string LibTorchFolder { get; init; }

    /// <summary>TorchSharp's native part as it was found.</summary>
    public required string TorchSharpLibrary { get; init; }

    /// <summary>The copy of it that was loaded in its stead with one required symbol version made weak; null where none was needed.</summary>
    public string? PatchedCopy { get; init; }

    /// <summary>Linux: the C++ runtime of this process (libstdc++.so.6); null elsewhere.</summary>
    public string? CxxRuntime { get; init; }

    /// <summary>Linux: the newest GLIBCXX version that the C++ runtime defines; null elsewhere.</summary>
    public string? NewestCxxVersion { get; init; }

    /// <summary>Linux: the newest GLIBCXX version that TorchSharp's native part asks for; null elsewhere.</summary>
    public string? RequiredCxxVersion { get; init; }

    /// <summary>Number of CUDA devices that can be used; 0 with a CPU build.</summary>
    public required int CudaDevices { get; init; }

    /// <summary>The devices by the names that the configuration uses: <c>cpu</c>, <c>cuda:0</c>, ….</summary>
    public IReadOnlyList<string> DeviceNames => ["cpu", .. Enumerable.Range(0, CudaDevices).Select(i => $"cuda:{i}")];

    /// <summary>One sentence for people.</summary>
    public string Summary => PatchedCopy is null
        ? $"libtorch from {LibTorchFolder}, loaded as it is"
        : $"libtorch from {LibTorchFolder}; {CxxRuntime} ends at {NewestCxxVersion}, so {Path.GetFileName(TorchSharpLibrary)} was loaded from a copy " +
          $"that does without {RequiredCxxVersion}: {PatchedCopy}";
}
