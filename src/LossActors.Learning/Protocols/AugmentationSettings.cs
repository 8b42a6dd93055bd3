namespace LossActors.Learning.Protocols;

/// <summary>How training images are varied: drawn anew for each batch, the same for all networks of a replicate; nothing is ever measured on such images.</summary>
public sealed record AugmentationSettings
{
    /// <summary>Each image is moved by up to so many pixels up or down and left or right, as by a random crop after padding with the training part's mean; 0: not moved.</summary>
    public int Crop { get; init; }

    /// <summary>Every other image, by chance, is mirrored left to right.</summary>
    public bool Flip { get; init; }

    /// <summary>Whether images are varied at all.</summary>
    public bool IsOn => Crop > 0 || Flip;
}
