namespace LossActors.Learning.Protocols;

/// <summary>Names of the arrays in an .npz file; null: found among the usual names (<c>x</c> and <c>y</c>, <c>x_train</c> and <c>y_train</c>, <c>images</c> and <c>labels</c> …).</summary>
public sealed record ArrayNames
{
    /// <summary>Features or images, the first index runs over instances.</summary>
    public string? Inputs { get; init; }

    /// <summary>One target per instance.</summary>
    public string? Targets { get; init; }

    /// <summary>Inputs of a test part; null: a part of the others is split off, unless usual names are found.</summary>
    public string? TestInputs { get; init; }

    /// <summary>Targets of a test part.</summary>
    public string? TestTargets { get; init; }
}
