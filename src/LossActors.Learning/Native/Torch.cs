namespace LossActors.Learning.Native;

/// <summary>The door that everything here which computes with TorchSharp comes through.</summary>
public static class Torch
{
    /// <summary>Makes sure that the native library is loaded; costs one read once it is.</summary>
    /// <exception cref="EnvironmentException">It cannot be loaded on this machine.</exception>
    public static void Ensure()
    {
        if (TorchLibrary.Report is null)
        {
            TorchLibrary.Load();
        }
    }
}
