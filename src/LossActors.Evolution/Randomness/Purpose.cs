namespace LossActors.Evolution.Randomness;

/// <summary>What a random stream is drawn for. The numbers are part of every run: never renumber, only append.</summary>
public enum Purpose
{
    /// <summary>Makes one candidate: choice of operator, parents and their variation.</summary>
    Variation = 1,
    /// <summary>Chooses emigrants, sources and whom an immigrant replaces.</summary>
    Migration = 2,
    /// <summary>Divides a dataset into training, validation and test parts.</summary>
    Split = 3,
    /// <summary>Initial weights of a base network.</summary>
    Weights = 4,
    /// <summary>The order of training batches.</summary>
    Batches = 5,
    /// <summary>Which instances the gates look at.</summary>
    Probe = 6,
    /// <summary>Initial coefficients and batches of a refinement.</summary>
    Refinement = 7,
    /// <summary>Dropout masks.</summary>
    Dropout = 8,
    /// <summary>Intervals and tests by resampling.</summary>
    Resampling = 9,
    /// <summary>Which candidates no rung stops.</summary>
    Racing = 10,
    /// <summary>Initial weights of a neural loss.</summary>
    NeuralLoss = 11,
    /// <summary>How training images are varied.</summary>
    Augmentation = 12,
    /// <summary>Whether a link between islands is used at an epoch.</summary>
    Links = 13,
    /// <summary>The short cuts of a small world.</summary>
    SmallWorld = 14,
    /// <summary>What synthetic evaluators find, and when they fail.</summary>
    Simulation = 15,
}
