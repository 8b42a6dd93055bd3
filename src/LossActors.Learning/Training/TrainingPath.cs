namespace LossActors.Learning.Training;

/// <summary>How a training step is computed.</summary>
public enum TrainingPath
{
    /// <summary>Compiled on the CPU, plain on other devices.</summary>
    Automatic,

    /// <summary>The loss compiled to vector code on host memory, its gradient handed to the network's backpropagation. CPU only.</summary>
    Compiled,

    /// <summary>Loss and network as tensor operations under autograd: any device; what the compiled path is checked against.</summary>
    Plain,
}
