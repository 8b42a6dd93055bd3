namespace LossActors.Learning.Training;

/// <summary>How a training step is computed.</summary>
public enum TrainingPath
{
    /// <summary>Compiled on the CPU; on other devices batched for dense networks, plain for others.</summary>
    Automatic,

    /// <summary>The loss compiled to vector code on host memory, its gradient handed to the network's backpropagation. CPU only.</summary>
    Compiled,

    /// <summary>Loss and network as tensor operations under autograd: any device; what the compiled path is checked against.</summary>
    Plain,

    /// <summary>Cohorts of dense networks by tensor operations without autograd, all their losses in one batched evaluation: any device, made for GPUs. Other networks: as plain.</summary>
    Batched,
}
