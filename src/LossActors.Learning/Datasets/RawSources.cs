using LossActors.Learning.Datasets.Cifar;
using LossActors.Learning.Datasets.ImageFolders;
using LossActors.Learning.Datasets.NumPy;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Datasets;

/// <summary>Reads the dataset that the settings name.</summary>
internal static class RawSources
{
    /// <summary>Reads a dataset as it is.</summary>
    /// <exception cref="DataException">It is unknown, missing or malformed.</exception>
    public static RawDataset Read(TaskSettings settings) => settings.Dataset switch
    {
        "digits" => Embedded(settings, "digits.csv.gz", "digit", TaskKind.Classification),
        "breast-cancer" => Embedded(settings, "breast-cancer.csv", "benign", TaskKind.Classification),
        "diabetes" => Embedded(settings, "diabetes.csv", "progression", TaskKind.Regression),
        "csv" => Csv(settings),
        "npz" => NpzDataset.Read(settings),
        "images" => ImageFolderDataset.Read(settings),
        "cifar10" or "cifar100" => CifarDataset.Read(settings),
        "svhn" => SvhnDataset.Read(settings),
        var name when IdxDataset.Names.Contains(name) => IdxDataset.Read(settings),
        var name => throw new DataException($"unknown dataset \"{name}\"; {Names.Suggest(name, DatasetCatalog.Names)}there are {string.Join(", ", DatasetCatalog.Names)}"),
    };

    private static RawTable Embedded(TaskSettings settings, string resource, string target, TaskKind kind)
    {
        if (settings.Path is not null)
        {
            throw new DataException($"dataset {settings.Dataset} is built in and takes no path; use dataset = csv for a file of your own");
        }

        using var stream = typeof(RawSources).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"the resource {resource} is not in the assembly");
        var table = CsvTable.Parse(DataFile.Text(DataFile.Read(stream, resource), resource), settings.Dataset, ",");
        return TableReader.Read(table, settings.Dataset, new TaskSettings { Target = target, Kind = kind });
    }

    private static RawTable Csv(TaskSettings settings)
    {
        var path = settings.Path ?? throw new DataException("dataset csv needs a path; set task.path to the file");
        var table = CsvTable.Parse(DataFile.Text(DataFile.Read(path), path), path, settings.Separator);
        return TableReader.Read(table, Path.GetFileName(path), settings);
    }
}
