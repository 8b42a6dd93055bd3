using System.Collections.Immutable;
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
        new("mnist", TaskKind.Classification, 70000, [1, 28, 28], 10, "IDX files of yours; LeCun, Cortes and Burges"),
        new("fashion-mnist", TaskKind.Classification, 70000, [1, 28, 28], 10, "IDX files of yours, or Debian's package dataset-fashion-mnist; Xiao, Rasul and Vollgraf (2017)"),
        new("kmnist", TaskKind.Classification, 70000, [1, 28, 28], 10, "IDX files of yours; Clanuwat et al. (2018)"),
        new("idx", TaskKind.Classification, null, [], null, "a folder of yours with four IDX files named as MNIST's"),
        new("csv", null, null, [], null, "a table of yours, comma, semicolon, tab or bar separated"),
    ];

    /// <summary>The names that <c>task.dataset</c> takes.</summary>
    public static IEnumerable<string> Names => s_entries.Select(e => e.Name);

    /// <summary>All datasets, with whether their files are on this machine now.</summary>
    public static ImmutableArray<DatasetEntry> Entries =>
    [
        .. s_entries.Select(e => IdxDataset.DefaultFolders.GetValueOrDefault(e.Name) is { } folder
            ? e with { Folder = folder, IsPresent = IdxDataset.IsPresent(folder) }
            : e with { IsPresent = e.Source.StartsWith("embedded", StringComparison.Ordinal) }),
    ];
}
