using System.Collections.Immutable;

namespace LossActors.Learning.Datasets.NumPy;

/// <summary>Instances and their targets from an .npz file.</summary>
/// <param name="Inputs">Count × features, or count × channels × height × width; row-major by its strides or not.</param>
/// <param name="Targets">One per instance.</param>
/// <param name="HasWholeTargets">Whether their type says that they are whole.</param>
internal sealed record NpzPart(NpyArray Inputs, double[] Targets, bool HasWholeTargets)
{
    private const int MostNumbers = 1 << 28;
    private const int MostInstances = 1 << 26;

    /// <summary>Instances.</summary>
    public int Count => Targets.Length;

    /// <summary>The shape of one instance.</summary>
    public ImmutableArray<int> Shape => Inputs.Shape[1..];

    /// <summary>Reads two arrays that belong together.</summary>
    /// <exception cref="DataException">They do not, or are no inputs and targets.</exception>
    public static NpzPart Read(NpzFile file, string path, string inputs, string targets)
    {
        var (x, y) = (Instances(file.Read(inputs), path), file.Read(targets));
        if (y.Shape is not ([_] or [_, 1]))
        {
            throw new DataException($"{path}, array {y.Name}: targets of shape ({string.Join(", ", y.Shape)}); one number per instance is needed: class indices, not one-hot rows");
        }

        if (x.Shape[0] != y.Shape[0] || x.Shape[0] == 0)
        {
            throw new DataException($"{path}: {y.Shape[0]} targets in {y.Name}, {x.Shape[0]} instances in {x.Name}; each instance needs one target, and there must be one");
        }

        if (y.Shape[0] > MostInstances)
        {
            throw new DataException($"{path}: {y.Shape[0]:N0} instances, more than {MostInstances:N0}; use fewer");
        }

        var numbers = y.Type.ToNumbers(y.RowMajor());
        var broken = Array.FindIndex(numbers, n => !double.IsFinite(n));
        return broken < 0
            ? new NpzPart(x, numbers, y.Type.IsWhole)
            : throw new DataException($"{path}, array {y.Name}: the target of instance {broken} is not finite; correct or leave out the instance");
    }

    /// <summary>The inputs as numbers, row-major.</summary>
    /// <exception cref="DataException">One is not finite, or there are too many.</exception>
    public double[] Numbers(string path)
    {
        if (Inputs.Bytes.Length / Inputs.Type.Size > MostNumbers)
        {
            throw new DataException($"{path}, array {Inputs.Name}: more than {MostNumbers:N0} numbers; save images as unsigned bytes, or use fewer instances");
        }

        var numbers = Inputs.Type.ToNumbers(Inputs.RowMajor());
        var broken = Array.FindIndex(numbers, n => !double.IsFinite(n));
        return broken < 0
            ? numbers
            : throw new DataException($"{path}, array {Inputs.Name}: instance {broken / (numbers.Length / Count)} holds a value that is not finite; correct or leave out the instance");
    }

    // Images with their channels before height and width, as networks take them.
    private static NpyArray Instances(NpyArray array, string path)
    {
        if (array.Shape.Length is 0 or > 4 || array.Shape.Skip(1).Contains(0))
        {
            throw new DataException($"{path}, array {array.Name}: instances of shape ({string.Join(", ", array.Shape.Skip(1))}); rows of features, grey images or images with channels can be used");
        }

        return array switch
        {
            { Shape: [var n] } => array with { Shape = [n, 1], Strides = [.. array.Strides, 1] },
            { Shape: [var n, var h, var w] } => array with { Shape = [n, 1, h, w], Strides = [array.Strides[0], 1, .. array.Strides[1..]] },
            { Shape: [_, var first, _, var last] } => (IsChannels(first), IsChannels(last)) switch
            {
                (true, false) => array,
                (false, true) => array.Transpose(0, 3, 1, 2),
                _ => throw new DataException(
                    $"{path}, array {array.Name}: images of shape ({string.Join(", ", array.Shape.Skip(1))}) have no telling number of channels; the first or the last extent must be 1 or 3"),
            },
            _ => array,
        };
    }

    private static bool IsChannels(int extent) => extent is 1 or 3;
}
