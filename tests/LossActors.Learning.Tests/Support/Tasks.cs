using LossActors.Evolution.Randomness;
using LossActors.Learning.Datasets;
using LossActors.Learning.Native;
using LossActors.Learning.Protocols;
using LossActors.Learning.Training;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Support;

/// <summary>Small made-up tasks.</summary>
internal static class Tasks
{
    /// <summary>Inputs are normal; the class, or the number, is a function of them that a network can learn.</summary>
    public static LearningTask Make(TaskKind kind, int classes, int count = 60, bool doublePrecision = true, int[]? shape = null, AugmentationSettings? augmentation = null, Device? device = null)
    {
        Torch.Ensure();

        // As a slot does: several threads on products this small spend their time waiting for each other.
        TorchThreads.Set(1);
        shape ??= [5];
        var data = new TaskData(
            "made-up", kind, classes, [.. shape], Part(1), Part(2), Part(3), "none", 0, kind == TaskKind.Regression ? 2 : 1, [])
        {
            Augmentation = augmentation ?? new(),
        };
        return LearningTask.Create(data, doublePrecision, device ?? CPU);

        DataPart Part(ulong part)
        {
            var stream = RandomStream.For(11, part, 0, Purpose.Split);
            var features = shape.Aggregate(1, (a, b) => a * b);
            var inputs = new float[count * features];
            var targets = new float[count];
            for (var i = 0; i < inputs.Length; i++)
            {
                inputs[i] = (float)stream.NextNormal();
            }

            for (var i = 0; i < count; i++)
            {
                var signal = inputs[i * features] + (0.5 * inputs[(i * features) + 1]);
                targets[i] = kind == TaskKind.Regression ? (float)signal : Math.Clamp((int)Math.Floor((signal + 1.5) / 3 * classes), 0, classes - 1);
            }

            return new DataPart(inputs, targets, count);
        }
    }
}
