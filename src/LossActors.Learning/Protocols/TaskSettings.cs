using System.Collections.Immutable;

namespace LossActors.Learning.Protocols;

/// <summary>The learning task: a dataset and what to predict.</summary>
public sealed record TaskSettings
{
    /// <summary>One of <see cref="Datasets.DatasetCatalog.Names"/>.</summary>
    public string Dataset { get; init; } = "digits";

    /// <summary>The file (csv, npz) or folder (images); null: the dataset's usual place.</summary>
    public string? Path { get; init; }

    /// <summary>csv: the column to predict.</summary>
    public string? Target { get; init; }

    /// <summary>csv, npz: what kind of task; null: guessed from the targets.</summary>
    public TaskKind? Kind { get; init; }

    /// <summary>csv: the separator; null: guessed (comma, semicolon, tab, bar).</summary>
    public string? Separator { get; init; }

    /// <summary>csv: columns to encode one-hot.</summary>
    public ImmutableArray<string> Categorical { get; init; } = [];

    /// <summary>csv: columns to leave out.</summary>
    public ImmutableArray<string> Ignore { get; init; } = [];

    /// <summary>csv: what to do about missing values.</summary>
    public MissingValues Missing { get; init; } = MissingValues.Refuse;

    /// <summary>npz: which arrays hold what.</summary>
    public ArrayNames Arrays { get; init; } = new();

    /// <summary>cifar100: the twenty superclasses instead of the hundred classes.</summary>
    public bool CoarseLabels { get; init; }

    /// <summary>images: height and width that all are brought to; null: they must all be of one size.</summary>
    public int? Resize { get; init; }

    /// <summary>Shares of training, validation and test data; ignored where the dataset brings its own test part, which then takes the last share's place.</summary>
    public ImmutableArray<double> Split { get; init; } = [0.6, 0.2, 0.2];

    /// <summary>Use only so many instances (a stratified sample); null: all.</summary>
    public int? Limit { get; init; }

    /// <summary>How training images are varied.</summary>
    public AugmentationSettings Augmentation { get; init; } = new();
}
