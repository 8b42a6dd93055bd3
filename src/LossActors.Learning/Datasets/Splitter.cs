using System.Collections.Immutable;
using LossActors.Evolution.Randomness;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Datasets;

/// <summary>The rows of each part, ascending.</summary>
internal sealed record Parts(int[] Training, int[] Validation, int[] Test);

/// <summary>Divides a dataset by a seed: classification so that every class has its share of every part, regression freely.</summary>
internal static class Splitter
{
    /// <summary>Splits the rows of a dataset, after taking a sample of them if the settings limit them.</summary>
    /// <remarks>
    /// A limit keeps the proportions of classes and of the dataset's own test part. The test part is the same in all divisions; training and validation rows are mixed and divided anew.
    /// </remarks>
    /// <exception cref="DataException">The shares are no shares, or there are too few instances for them.</exception>
    public static Parts Split(RawDataset data, TaskSettings settings, ulong seed, int division = 0)
    {
        var shares = settings.Split;
        if (shares.IsDefault || shares.Length != 3 || shares.Any(s => !double.IsFinite(s) || s <= 0))
        {
            throw new DataException("split must be three positive shares, of training, validation and test data; for example [0.6, 0.2, 0.2]");
        }

        var strata = Strata(data, Enumerable.Range(0, data.Targets.Length));
        if (settings.Limit is { } limit)
        {
            strata = Sample(strata, limit, seed);
        }

        var parts = First(data, strata, shares, RandomStream.For(seed, 0, 0, Purpose.Split));
        if (division == 0)
        {
            return parts;
        }

        var pool = Strata(data, parts.Training.Concat(parts.Validation).Order());
        var again = Divide(data, pool, [shares[0], shares[1]], RandomStream.For(seed, 2, (ulong)division, Purpose.Split));
        return parts with { Training = again[0], Validation = again[1] };
    }

    private static Parts First(RawDataset data, List<Stratum> strata, ImmutableArray<double> shares, RandomStream random)
    {
        if (data.FirstTest is null)
        {
            var parts = Divide(data, strata, [.. shares], random);
            return new Parts(parts[0], parts[1], parts[2]);
        }

        var own = strata.Where(s => s.IsTest).SelectMany(s => s.Rows).Order().ToArray();
        var rest = Divide(data, strata.Where(s => !s.IsTest), [shares[0], shares[1]], random);
        return own.Length > 0 ? new Parts(rest[0], rest[1], own) : throw new DataException($"{data.Source}: no instance is left for the test part; raise limit");
    }

    // Rows that must be shared out alike: those of one class (regression: all), and of one side of the dataset's own division.
    private readonly record struct Stratum(bool IsTest, int Class, int[] Rows);

    private static List<Stratum> Strata(RawDataset data, IEnumerable<int> rows) =>
    [
        .. rows
            .GroupBy(r => (IsTest: r >= (data.FirstTest ?? int.MaxValue), Class: data.Kind == TaskKind.Classification ? (int)data.Targets[r] : 0))
            .OrderBy(g => g.Key).Select(g => new Stratum(g.Key.IsTest, g.Key.Class, [.. g])),
    ];

    private static List<Stratum> Sample(List<Stratum> strata, int limit, ulong seed)
    {
        var total = strata.Sum(s => s.Rows.Length);
        if (limit < 1)
        {
            throw new DataException($"limit = {limit} leaves no instance; use a positive number or leave it out");
        }

        if (limit >= total)
        {
            return strata;
        }

        var random = RandomStream.For(seed, 1, 0, Purpose.Split);
        var counts = Shares.Round([.. strata.Select(s => (double)s.Rows.Length * limit / total)], limit);
        return
        [
            .. strata.Select((stratum, i) =>
            {
                random.Shuffle<int>(stratum.Rows);
                return stratum with { Rows = stratum.Rows[..counts[i]] };
            }),
        ];
    }

    private static int[][] Divide(RawDataset data, IEnumerable<Stratum> strata, double[] shares, RandomStream random)
    {
        var sum = shares.Sum();
        var parts = shares.Select(_ => new List<int>()).ToArray();
        var owed = new double[shares.Length]; // what rounding kept from each part so far: repaid by later strata
        foreach (var stratum in strata)
        {
            var rows = stratum.Rows;
            if (rows.Length < shares.Length)
            {
                throw TooFew(data, stratum, shares.Length);
            }

            random.Shuffle<int>(rows);
            var wanted = shares.Select((s, i) => (s / sum * rows.Length) + owed[i]).ToArray();
            var counts = Shares.RoundNonEmpty(wanted, rows.Length);
            var start = 0;
            for (var i = 0; i < parts.Length; i++)
            {
                parts[i].AddRange(rows.AsSpan(start, counts[i]));
                start += counts[i];
                owed[i] = wanted[i] - counts[i];
            }
        }

        return parts.All(p => p.Count > 0)
            ? [.. parts.Select(p => p.Order().ToArray())]
            : throw new DataException($"{data.Source}: no instance to split; the parts need at least one each");
    }

    private static DataException TooFew(RawDataset data, Stratum stratum, int parts)
    {
        var what = data.Kind == TaskKind.Classification ? $"class \"{data.ClassNames[stratum.Class]}\" has" : "there are";
        return new DataException(
            $"{data.Source}: {what} only {stratum.Rows.Length} instance(s), too few for one in each of {parts} parts; add instances, remove them, or raise limit");
    }
}
