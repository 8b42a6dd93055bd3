namespace LossActors.Learning.Datasets;

/// <summary>Where the files of the public datasets are put and looked for when the settings name no path.</summary>
public static class DatasetFolders
{
    /// <summary>Names another folder than the usual one.</summary>
    public const string Variable = "LOSSACTORS_DATASETS";

    /// <summary>
    /// The folder that <see cref="Variable"/> names, else one below the user's local application data; <c>lossactors-datasets</c> in the current folder where the user has none.
    /// </summary>
    public static string Root
    {
        get
        {
            if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            {
                return Path.GetFullPath(named);
            }

            var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return local.Length == 0 ? Path.GetFullPath("lossactors-datasets") : Path.Combine(local, "LossActors", "datasets");
        }
    }

    /// <summary>The folder of one dataset.</summary>
    public static string Of(string dataset) => Path.Combine(Root, dataset);

    /// <summary>A dataset's files, all there.</summary>
    /// <param name="dataset">As <c>task.dataset</c> names it.</param>
    /// <param name="folder">Where they should be.</param>
    /// <param name="files">Their names.</param>
    /// <returns>Their paths, in order.</returns>
    /// <exception cref="DataException">One is missing.</exception>
    internal static string[] Require(string dataset, string folder, params IEnumerable<string> files) =>
    [
        .. files.Select(file => Path.Combine(folder, file)).Select(path => File.Exists(path)
            ? path
            : throw new DataException($"{path}: no such file; fetch it with `lossactors datasets fetch {dataset}`, or set task.path to the folder that holds it")),
    ];
}
