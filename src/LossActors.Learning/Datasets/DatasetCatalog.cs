using System.Collections.Immutable;
using LossActors.Learning.Datasets.Cifar;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Datasets;

/// <summary>What can be learned without bringing data, and how own data is named.</summary>
public static class DatasetCatalog
{
    private static readonly ImmutableArray<DatasetEntry> s_entries =
    [
        new("digits", TaskKind.Classification, 1797, [64], 10, "embedded; UCI, Optical Recognition of Handwritten Digits (Alpaydin and Kaynak, 1998), test part"),
        new("diabetes", TaskKind.Regression, 442, [10], 0, "embedded; Efron, Hastie, Johnstone and Tibshirani, Least Angle Regression (2004), raw units"),
        new("breast-cancer", TaskKind.Classification, 569, [30], 2, "embedded; UCI, Breast Cancer Wisconsin Diagnostic (Wolberg, Street and Mangasarian, 1995)"),
        new("mnist", TaskKind.Classification, 70000, [1, 28, 28], 10, "IDX files; LeCun, Cortes and Burges"),
        new("fashion-mnist", TaskKind.Classification, 70000, [1, 28, 28], 10, "IDX files, also Debian's package dataset-fashion-mnist; Xiao, Rasul and Vollgraf (2017)"),
        new("kmnist", TaskKind.Classification, 70000, [1, 28, 28], 10, "IDX files; Clanuwat et al. (2018)"),
        new("cifar10", TaskKind.Classification, 60000, [3, 32, 32], 10, "the binary version; Krizhevsky (2009)"),
        new("cifar100", TaskKind.Classification, 60000, [3, 32, 32], 100, "the binary version, classes or 20 superclasses; Krizhevsky (2009)"),
        new("svhn", TaskKind.Classification, 99289, [3, 32, 32], 10, "MAT-files of the cropped digits, without the extra ones; Netzer et al. (2011)"),
        new("images", TaskKind.Classification, null, [], null, "a folder of yours with a folder of PNG, JPEG or BMP files per class"),
        new("idx", TaskKind.Classification, null, [], null, "a folder of yours with four IDX files named as MNIST's"),
        new("npz", null, null, [], null, "NumPy arrays of yours: features or images, and targets"),
        new("csv", null, null, [], null, "a table of yours, comma, semicolon, tab or bar separated"),
    ];

    /// <summary>The names that <c>task.dataset</c> takes.</summary>
    public static IEnumerable<string> Names => s_entries.Select(e => e.Name);

    /// <summary>The datasets that need a path, which <c>task.path</c> names.</summary>
    public static IEnumerable<string> NamesOfOwn => s_entries.Where(e => e.Instances is null).Select(e => e.Name);

    /// <summary>All datasets, with whether their files are on this machine now.</summary>
    public static ImmutableArray<DatasetEntry> Entries => [.. s_entries.Select(Locate)];

    private static DatasetEntry Locate(DatasetEntry entry)
    {
        if (entry.Instances is null || IsEmbedded(entry.Name))
        {
            return entry with { IsPresent = entry.Instances is not null };
        }

        var folder = IdxDataset.Names.Contains(entry.Name) ? IdxDataset.DefaultFolder(entry.Name)! : DatasetFolders.Of(entry.Name);
        return entry with
        {
            Folder = folder,
            IsPresent = entry.Name switch
            {
                "cifar10" => IsThere(folder, [.. CifarVersion.Ten.TrainingFiles, CifarVersion.Ten.TestFile]),
                "cifar100" => IsThere(folder, [.. CifarVersion.Fine.TrainingFiles, CifarVersion.Fine.TestFile]),
                "svhn" => IsThere(folder, SvhnDataset.Files),
                _ => IdxDataset.IsPresent(folder),
            },
        };
    }

    /// <summary>Whether a dataset is part of the program.</summary>
    public static bool IsEmbedded(string dataset) => dataset is "digits" or "diabetes" or "breast-cancer";

    private static bool IsThere(string folder, IEnumerable<string> files) => files.All(file => File.Exists(Path.Combine(folder, file)));
}
