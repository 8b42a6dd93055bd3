using System.Runtime.InteropServices;
using System.Text;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Datasets.NumPy;

/// <summary>A dataset of the user's own in an .npz file: inputs and targets, and a test part if it has one.</summary>
internal static class NpzDataset
{
    private static readonly string[] s_inputs = ["x", "X", "inputs", "features", "images", "data"];
    private static readonly string[] s_targets = ["y", "Y", "targets", "labels", "target", "label"];

    /// <summary>Reads the file.</summary>
    /// <exception cref="DataException">It is missing, malformed or has no such arrays.</exception>
    public static RawDataset Read(TaskSettings settings)
    {
        var path = settings.Path ?? throw new DataException("dataset npz needs a path; set task.path to the file");
        return DataFile.Open(path, stream =>
        {
            using var file = new NpzFile(path, stream);
            var names = Choose(file, path, settings.Arrays);
            var training = NpzPart.Read(file, path, names.Inputs, names.Targets);
            var test = names.Test is var (inputs, targets) ? NpzPart.Read(file, path, inputs, targets) : null;
            return test is null || test.Shape.SequenceEqual(training.Shape)
                ? Assemble(path, settings.Kind, training, test)
                : throw new DataException($"{path}: instances of shape ({string.Join(", ", training.Shape)}) in {names.Inputs}, but ({string.Join(", ", test.Shape)}) in {test.Inputs.Name}; they do not belong together");
        });
    }

    private sealed record Chosen(string Inputs, string Targets, (string Inputs, string Targets)? Test);

    private static Chosen Choose(NpzFile file, string path, ArrayNames wanted)
    {
        if (wanted == new ArrayNames() && file.Names.Contains("x_train") && file.Names.Contains("y_train"))
        {
            wanted = new ArrayNames { Inputs = "x_train", Targets = "y_train", TestInputs = Known("x_test"), TestTargets = Known("y_test") };
        }

        return new Chosen(
            Find("inputs", wanted.Inputs, s_inputs),
            Find("targets", wanted.Targets, s_targets),
            (wanted.TestInputs, wanted.TestTargets) switch
            {
                (null, null) => null,
                (null, _) => throw new DataException($"{path}: test targets, but no test inputs; set task.arrays.test-inputs too"),
                (_, null) => throw new DataException($"{path}: test inputs, but no test targets; set task.arrays.test-targets too"),
                var (inputs, targets) => (Find("test-inputs", inputs, []), Find("test-targets", targets, [])),
            });

        string? Known(string name) => file.Names.Contains(name) ? name : null;

        string Find(string key, string? name, string[] usual) => (name is null ? usual.FirstOrDefault(n => file.Names.Contains(n)) : Known(name))
            ?? throw new DataException(
                file.Names.IsEmpty
                    ? $"{path}: there are no arrays in it; save them with numpy.savez"
                    : $"{path}: there is no array {(name is null ? $"with a usual name for {key}" : $"\"{CsvTable.Shown(name)}\"")}; set task.arrays.{key} to one of {CsvTable.Shown(string.Join(", ", file.Names), 200)}");
    }

    private static RawDataset Assemble(string path, TaskKind? kind, NpzPart training, NpzPart? test)
    {
        double[] targets = [.. training.Targets, .. test?.Targets ?? []];
        var isClassification = (kind ?? (training.HasWholeTargets ? TaskKind.Classification : TaskKind.Regression)) == TaskKind.Classification;
        var name = Path.GetFileName(path);
        var names = isClassification ? ClassLabels.Names(path, training.Targets, test?.Targets) : [];
        var result = isClassification ? TaskKind.Classification : TaskKind.Regression;
        int? firstTest = test is null ? null : training.Count;
        var hash = Hash(training, test);
        if (training.Shape is [var channels, var height, var width] && training.Inputs.Type.IsByte && (test?.Inputs.Type.IsByte ?? true))
        {
            return new RawImages
            {
                Name = name, Source = path, Kind = result, ClassNames = names, Targets = targets, FirstTest = firstTest, Hash = hash,
                Pixels = test is null ? training.Inputs.RowMajor() : [.. training.Inputs.RowMajor(), .. test.Inputs.RowMajor()], Channels = channels, Height = height, Width = width,
            };
        }

        return new RawNumbers
        {
            Name = name, Source = path, Kind = result, ClassNames = names, Targets = targets, FirstTest = firstTest, Hash = hash,
            Values = test is null ? training.Numbers(path) : [.. training.Numbers(path), .. test.Numbers(path)], Shape = training.Shape,
        };
    }

    // What the arrays say: however they are compressed, called or ordered in memory.
    private static string Hash(NpzPart training, NpzPart? test) => ContentHash.Of(
    [
        .. new[] { training, test }.OfType<NpzPart>().SelectMany(part => new[]
        {
            Encoding.ASCII.GetBytes($"{part.Inputs.Type} {string.Join(' ', part.Inputs.Shape)}"),
            part.Inputs.RowMajor(),
            MemoryMarshal.AsBytes<double>(part.Targets).ToArray(),
        }),
    ]);
}
