namespace LossActors.Learning.Training;

/// <summary>How a training step is computed.</summary>
public enum TrainingPath
{
    /// <summary>On the CPU compiled, or batched where several networks have layers that nobody has written backpropagation for; batched on other devices.</summary>
    Automatic,

    /// <summary>The loss compiled to vector code on host memory, its gradient handed to the network's backpropagation; networks with layers that nobody has written that for: as plain. CPU only.</summary>
    Compiled,

    /// <summary>Loss and network as tensor operations under autograd: any device; what the compiled path is checked against.</summary>
    Plain,

    /// <summary>A whole cohort by the same tensor operations (dense networks without autograd), all its losses in one batched evaluation: any device, made for GPUs.</summary>
    Batched,
}
