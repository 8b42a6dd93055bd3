using System.Collections.Immutable;

namespace LossActors.Evolution.Collections;

/// <summary>
/// An immutable map for what an island remembers of every birth: as many bytes as its keys and values have, and little more. Older values of the map
/// stay as they were.
/// </summary>
/// <remarks>
/// Sorted runs, each at least twice as long as the next newer one, kept so by merging as in a binary counter (Bentley and Saxe, <i>Decomposable searching
/// problems I</i>, 1980): an addition copies O(log n) entries on average, a look-up searches O(log n) runs by halving. What was added last counts.
/// </remarks>
internal sealed class CompactMap<TKey, TValue>
    where TKey : struct, IComparable<TKey>
    where TValue : struct
{
    // Shorter runs are copied as a whole: a few hundred bytes cost less than further runs to search.
    private const int ShortRun = 16;

    private readonly Run? _newest;

    private CompactMap(Run? newest, int count) => (_newest, Count) = (newest, count);

    /// <summary>No entries.</summary>
    public static CompactMap<TKey, TValue> Empty { get; } = new(null, 0);

    /// <summary>How many keys it holds.</summary>
    public int Count { get; }

    /// <summary>A map of columns in ascending order of keys.</summary>
    /// <exception cref="ArgumentException">The columns differ in length, or the keys do not ascend.</exception>
    public static CompactMap<TKey, TValue> Of(ImmutableArray<TKey> keys, ImmutableArray<TValue> values)
    {
        if (keys.Length != values.Length)
        {
            throw new ArgumentException($"{keys.Length} keys have {values.Length} values.");
        }

        for (var i = 1; i < keys.Length; i++)
        {
            if (keys[i - 1].CompareTo(keys[i]) >= 0)
            {
                throw new ArgumentException("The keys do not ascend.");
            }
        }

        return keys.IsEmpty ? Empty : new(new Run([.. keys], [.. values], null), keys.Length);
    }

    /// <summary>The value of a key; null where there is none.</summary>
    public TValue? Find(TKey key)
    {
        for (var run = _newest; run is not null; run = run.Older)
        {
            var at = Array.BinarySearch(run.Keys, key);
            if (at >= 0)
            {
                return run.Values[at];
            }
        }

        return null;
    }

    /// <summary>Adds a key, or gives it another value.</summary>
    public CompactMap<TKey, TValue> With(TKey key, TValue value)
    {
        var count = Find(key) is null ? Count + 1 : Count;
        var newest = new Run([key], [value], _newest);
        while (newest.Older is { } older && (older.Keys.Length < ShortRun || older.Keys.Length <= newest.Keys.Length))
        {
            newest = newest.MergedWithOlder(older);
        }

        return new(newest, count);
    }

    /// <summary>All entries as columns, in ascending order of keys.</summary>
    public (ImmutableArray<TKey> Keys, ImmutableArray<TValue> Values) Columns()
    {
        if (_newest is null)
        {
            return ([], []);
        }

        var all = _newest;
        while (all.Older is { } older)
        {
            all = all.MergedWithOlder(older);
        }

        return ([.. all.Keys], [.. all.Values]);
    }

    private sealed record Run(TKey[] Keys, TValue[] Values, Run? Older)
    {
        public Run MergedWithOlder(Run older)
        {
            var keys = new TKey[Keys.Length + older.Keys.Length];
            var values = new TValue[keys.Length];
            var (i, j, n) = (0, 0, 0);
            while (i < Keys.Length || j < older.Keys.Length)
            {
                var order = i == Keys.Length ? 1 : j == older.Keys.Length ? -1 : Keys[i].CompareTo(older.Keys[j]);
                (keys[n], values[n]) = order <= 0 ? (Keys[i], Values[i]) : (older.Keys[j], older.Values[j]);
                i += order <= 0 ? 1 : 0;
                j += order >= 0 ? 1 : 0;
                n++;
            }

            // Shorter only where a key had an older value.
            Array.Resize(ref keys, n);
            Array.Resize(ref values, n);
            return new Run(keys, values, older.Older);
        }
    }
}
