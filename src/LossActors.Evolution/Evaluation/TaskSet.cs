using System.Collections.Immutable;
using System.Numerics;

namespace LossActors.Evolution.Evaluation;

/// <summary>
/// Some of a search's tasks, by number: 0 is the main one, from 1 on come the further ones in their order. The default value names all, however many there are.
/// </summary>
public readonly record struct TaskSet
{
    /// <summary>Numbers are smaller than this.</summary>
    public const int Most = 64;

    private TaskSet(ulong bits) => Bits = bits;

    /// <summary>One bit for each number; 0: all.</summary>
    internal ulong Bits { get; }

    /// <summary>All tasks.</summary>
    public static TaskSet All => default;

    /// <summary>Whether it names all tasks.</summary>
    public bool IsAll => Bits == 0;

    /// <summary>The numbers, rising; empty for all.</summary>
    public ImmutableArray<int> Numbers
    {
        get
        {
            var bits = Bits;
            return [.. Enumerable.Range(0, Most).Where(number => (bits >> number & 1) != 0)];
        }
    }

    /// <summary>How many it names; 0 for all.</summary>
    public int Count => BitOperations.PopCount(Bits);

    /// <summary>The tasks of these numbers; of none: all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or not below <see cref="Most"/>.</exception>
    public static TaskSet Of(IEnumerable<int> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var bits = 0UL;
        foreach (var number in numbers)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(number, nameof(numbers));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Most, nameof(numbers));
            bits |= 1UL << number;
        }

        return new(bits);
    }

    /// <summary>The same tasks of a search that has so many: what names each of them names all.</summary>
    public TaskSet Among(int tasks) => Count == tasks ? All : this;

    /// <summary>Whether a task is among them.</summary>
    public bool Contains(int task) => IsAll || (Bits >> task & 1) != 0;

    /// <summary>For logs: <c>all tasks</c>, <c>task 1</c>, <c>tasks 0, 2</c>.</summary>
    public override string ToString() => IsAll ? "all tasks" : $"task{(Count == 1 ? "" : "s")} {string.Join(", ", Numbers)}";
}
