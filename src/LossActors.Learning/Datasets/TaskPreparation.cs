using System.Collections.Immutable;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Datasets;

/// <summary>Turns a dataset as read into a task: split, then everything fitted on the training part alone.</summary>
internal static class TaskPreparation
{
    public static TaskData Prepare(RawDataset data, TaskSettings settings, ulong seed, int division = 0)
    {
        var parts = Splitter.Split(data, settings, seed, division);
        var (shape, encode) = data switch
        {
            RawTable table => TableEncoding.Fit(table, settings.Missing, parts.Training),
            RawImages images => ImageEncoding.Fit(images, parts.Training),
            RawNumbers numbers => NumberEncoding.Fit(numbers, parts.Training),
            _ => throw new InvalidOperationException($"no encoding for {data.GetType().Name}"),
        };
        Check(data, settings.Augmentation, shape);
        CheckClasses(data, parts.Training);
        var target = data.Kind == TaskKind.Regression ? FitTarget(data, parts.Training) : new Standardisation(0, 1);
        return new TaskData(
            data.Name, data.Kind, data.ClassNames.Length, shape,
            Part(parts.Training), Part(parts.Validation), Part(parts.Test),
            data.Hash, target.Mean, target.Deviation, data.ClassNames)
        {
            Augmentation = settings.Augmentation,
        };

        DataPart Part(int[] rows)
        {
            var part = new DataPart(encode(rows), [.. rows.Select(r => target.Apply(data.Targets[r]))], rows.Length);
            return Array.TrueForAll(part.Inputs, float.IsFinite) && Array.TrueForAll(part.Targets, float.IsFinite)
                ? part
                : throw new DataException($"{data.Source}: a value is so far from all that are trained on that it is infinite in single precision; correct it, or rescale the values");
        }
    }

    private static void CheckClasses(RawDataset data, int[] training)
    {
        if (data.Kind == TaskKind.Classification && Array.TrueForAll(training, row => data.Targets[row] == data.Targets[training[0]]))
        {
            throw new DataException($"{data.Source}: every training label is {CsvTable.Shown(data.ClassNames[(int)data.Targets[training[0]]])}, so there is nothing to predict");
        }
    }

    private static void Check(RawDataset data, AugmentationSettings augmentation, ImmutableArray<int> shape)
    {
        if (augmentation.IsOn && shape.Length != 3)
        {
            throw new DataException($"{data.Source}: augmentation varies images, but these are {shape[0]} features; take task.augmentation out");
        }

        if (augmentation.IsOn && augmentation.Crop >= Math.Min(shape[1], shape[2]))
        {
            throw new DataException($"{data.Source}: images of {shape[1]} × {shape[2]} pixels cannot be moved by {augmentation.Crop}; set a smaller task.augmentation.crop");
        }
    }

    private static Standardisation FitTarget(RawDataset data, int[] training)
    {
        var target = Standardisation.Fit(training.Select(r => data.Targets[r]));
        return target is { IsFinite: true, Deviation: > 0 }
            ? target
            : throw new DataException(target.Deviation == 0
                ? $"{data.Source}: the target is {target.Mean:R} in the whole training part, so there is nothing to predict; choose another target"
                : $"{data.Source}: the target's values are too large to be standardised; rescale them");
    }
}

/// <summary>Encodes rows as standardised inputs, rows × product of the input shape.</summary>
internal delegate float[] Encode(int[] rows);
