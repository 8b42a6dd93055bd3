namespace LossActors.Learning.Networks;

/// <summary>How the weights of a convolution or of a dense layer begin; biases begin at 0.</summary>
public enum Initialisation
{
    /// <summary>Glorot and Bengio (2010): for tanh, and for layers that end a network.</summary>
    Xavier,

    /// <summary>He et al. (2015): for layers whose outputs go through a rectifier.</summary>
    He,
}
