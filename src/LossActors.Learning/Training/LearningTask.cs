using LossActors.Learning.Datasets;
using LossActors.Learning.Networks;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>A task's three parts on a device, in one precision.</summary>
public sealed class LearningTask : IDisposable
{
    private LearningTask(TaskData data, TaskShape shape, ScalarType type, Device device)
    {
        Shape = shape;
        Type = type;
        Device = device;
        TargetDeviation = data.TargetDeviation;
        Hash = data.Hash;
        Training = LearningPart.Create(data.Training, shape, type, device, data.Augmentation);
        Validation = LearningPart.Create(data.Validation, shape, type, device);
        Test = LearningPart.Create(data.Test, shape, type, device);
    }

    /// <summary>What goes in and what comes out.</summary>
    public TaskShape Shape { get; }

    /// <summary>The precision.</summary>
    public ScalarType Type { get; }

    /// <summary>Where the data is.</summary>
    public Device Device { get; }

    /// <summary>Regression: what turns a standardised error into one in the target's own unit.</summary>
    public double TargetDeviation { get; }

    /// <summary>Of the raw data; see <see cref="TaskData.Hash"/>.</summary>
    public string Hash { get; }

    /// <summary>What networks are trained on.</summary>
    public LearningPart Training { get; }

    /// <summary>What fitness is measured on.</summary>
    public LearningPart Validation { get; }

    /// <summary>What only meta-testing sees.</summary>
    public LearningPart Test { get; }

    /// <summary>Brings a loaded dataset onto a device.</summary>
    public static LearningTask Create(TaskData data, bool doublePrecision, Device device) => new(
        data,
        TaskShape.Of(data),
        doublePrecision ? ScalarType.Float64 : ScalarType.Float32,
        device);

    /// <inheritdoc/>
    public void Dispose()
    {
        Training.Dispose();
        Validation.Dispose();
        Test.Dispose();
    }
}
