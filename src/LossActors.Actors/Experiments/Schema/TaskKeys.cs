using System.Collections.Immutable;
using LossActors.Learning.Datasets;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.Experiments.Schema;

/// <summary><c>name</c> and <c>task { … }</c>.</summary>
internal static class TaskKeys
{
    private static readonly KeyType s_column = new Words("a column's name", t => t.Length is > 0 and <= 1000);

    public static ImmutableArray<ExperimentKey> All { get; } =
    [
        new("name", new Words("1 to 80 letters, digits, '-', '_' or '.'", IsName),
            "Name of the experiment; part of a run's id.",
            e => e.Name, (e, v) => e with { Name = (string)v! }),
        Key("dataset", new Choice<string>([.. DatasetCatalog.Names.Select(d => (d, d))]),
            "The dataset: built in (digits, diabetes, breast-cancer), public images (mnist … svhn; `lossactors datasets`) or your own (images, idx, npz, csv).",
            t => t.Dataset, (t, v) => t with { Dataset = (string)v! }),
        Key("path", new Unless(new Words("the path of a file or folder", t => t.Length is > 0 and <= 4000)),
            "csv, npz: the file; images: the folder, if it is not the usual place. Relative to the experiment's file.",
            t => t.Path, (t, v) => t with { Path = (string?)v }),
        Key("target", new Unless(s_column),
            "csv: the column to predict.",
            t => t.Target, (t, v) => t with { Target = (string?)v }),
        Key("kind", new Unless(new Choice<TaskKind>(("classification", TaskKind.Classification), ("regression", TaskKind.Regression))),
            "csv, npz: what is predicted, classes or a number; unset: guessed from the targets.",
            t => t.Kind, (t, v) => t with { Kind = (TaskKind?)v }),
        Key("separator", new Unless(new Words("one character, or \"\\t\"", t => t.Length == 1)),
            "csv: what separates columns; unset: guessed.",
            t => t.Separator, (t, v) => t with { Separator = (string?)v }),
        Key("categorical", new ListOf<string>(s_column, 0, 10_000),
            "csv: columns that hold categories, encoded one-hot.",
            t => t.Categorical, (t, v) => t with { Categorical = (ImmutableArray<string>)v! }),
        Key("ignore", new ListOf<string>(s_column, 0, 10_000),
            "csv: columns to leave out.",
            t => t.Ignore, (t, v) => t with { Ignore = (ImmutableArray<string>)v! }),
        Key("missing", new Choice<MissingValues>(("refuse", MissingValues.Refuse), ("drop", MissingValues.Drop), ("impute", MissingValues.Impute)),
            "csv: missing values are refused, their rows dropped, or the training part's mean (commonest category) put in.",
            t => t.Missing, (t, v) => t with { Missing = (MissingValues)v! }),
        Array("inputs", "npz: the array with features or images, one instance per first index; unset: x, x_train, images … whichever there is.",
            a => a.Inputs, (a, v) => a with { Inputs = v }),
        Array("targets", "npz: the array with one class index or number per instance; unset: y, y_train, labels … whichever there is.",
            a => a.Targets, (a, v) => a with { Targets = v }),
        Array("test-inputs", "npz: the inputs of a test part; unset: x_test if inputs was found as x_train.",
            a => a.TestInputs, (a, v) => a with { TestInputs = v }),
        Array("test-targets", "npz: the targets of a test part.",
            a => a.TestTargets, (a, v) => a with { TestTargets = v }),
        Key("coarse-labels", new TruthValue(),
            "cifar100: the twenty superclasses instead of the hundred classes.",
            t => t.CoarseLabels, (t, v) => t with { CoarseLabels = (bool)v! }),
        Key("resize", new Unless(new WholeNumber(1, 1024)),
            "images: height and width that all are brought to, by the mean of each area; unset: they must all be of one size.",
            t => t.Resize, (t, v) => t with { Resize = (int?)v }),
        Key("split", new ListOf<double>(new RealNumber(0, 1, aboveLeast: true, belowGreatest: true), 3, 3),
            "Shares of training, validation and test data; a dataset with a test part of its own divides only the rest.",
            t => t.Split, (t, v) => t with { Split = (ImmutableArray<double>)v! }),
        Key("limit", new Unless(new WholeNumber(10, 100_000_000)),
            "Use only so many instances, a stratified sample; unset: all.",
            t => t.Limit, (t, v) => t with { Limit = (int?)v }),
        Key("augmentation.crop", new WholeNumber(0, 512),
            "images: training images are moved by up to so many pixels each way, the rest filled with the mean; 0: not moved. 4 is usual for CIFAR.",
            t => t.Augmentation.Crop, (t, v) => t with { Augmentation = t.Augmentation with { Crop = (int)v! } }),
        Key("augmentation.flip", new TruthValue(),
            "images: every other training image, by chance, is mirrored left to right.",
            t => t.Augmentation.Flip, (t, v) => t with { Augmentation = t.Augmentation with { Flip = (bool)v! } }),
    ];

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 80 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && text[0] is not ('-' or '.');

    private static ExperimentKey Key(string name, KeyType type, string doc, Func<TaskSettings, object?> get, Func<TaskSettings, object?, TaskSettings> set) =>
        new($"task.{name}", type, doc, e => get(e.Protocol.Task), (e, v) => e with { Protocol = e.Protocol with { Task = set(e.Protocol.Task, v) } });

    private static ExperimentKey Array(string name, string doc, Func<ArrayNames, string?> get, Func<ArrayNames, string?, ArrayNames> set) =>
        Key($"arrays.{name}", new Unless(new Words("an array's name", t => t.Length is > 0 and <= 1000)), doc,
            t => get(t.Arrays), (t, v) => t with { Arrays = set(t.Arrays, (string?)v) });
}
