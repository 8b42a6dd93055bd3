using CsCheck;
using LossActors.Learning.Datasets;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Learning.Tests.Datasets;

public sealed class SplitTests
{
    private static readonly Gen<double[]> s_shares = Gen.Double[0.01, 1].Array[3];

    [Fact]
    public void The_parts_hold_every_row_once_and_every_class_is_in_every_part_by_its_share() =>
        Gen.Select(Gen.Int[3, 60].Array[1, 8], s_shares, Gen.ULong).Sample((sizes, shares, seed) =>
        {
            var targets = sizes.SelectMany((size, c) => Enumerable.Repeat((double)c, size)).ToArray();
            var parts = Split(TaskKind.Classification, targets, shares, null, seed);
            int[][] all = [parts.Training, parts.Validation, parts.Test];

            Assert.Equal(Enumerable.Range(0, targets.Length), all.SelectMany(p => p).Order());
            for (var c = 0; c < sizes.Length; c++)
            {
                for (var p = 0; p < 3; p++)
                {
                    var count = all[p].Count(r => targets[r] == c);
                    Assert.True(count >= 1);
                }
            }
        });

    [Fact]
    public void With_enough_instances_no_class_is_off_its_share_by_two()
    {
        double[] shares = [0.6, 0.2, 0.2];
        Gen.Select(Gen.Int[20, 60].Array[1, 8], Gen.ULong).Sample((sizes, seed) =>
        {
            var targets = sizes.SelectMany((size, c) => Enumerable.Repeat((double)c, size)).ToArray();
            var parts = Split(TaskKind.Classification, targets, shares, null, seed);
            foreach (var (part, share) in new[] { (parts.Training, 0.6), (parts.Validation, 0.2), (parts.Test, 0.2) })
            {
                Assert.InRange(part.Length, (targets.Length * share) - 1, (targets.Length * share) + 1);
                for (var c = 0; c < sizes.Length; c++)
                {
                    Assert.InRange(part.Count(r => targets[r] == c), (sizes[c] * share) - 2, (sizes[c] * share) + 2);
                }
            }
        });
    }

    [Fact]
    public void Regression_is_split_by_its_shares_and_sampled_to_its_limit() =>
        Gen.Select(Gen.Int[10, 300], Gen.Int[3, 300], Gen.ULong).Sample((rows, limit, seed) =>
        {
            var parts = Split(TaskKind.Regression, [.. Enumerable.Range(0, rows).Select(i => i * 0.5)], [0.6, 0.2, 0.2], limit, seed);
            var used = parts.Training.Concat(parts.Validation).Concat(parts.Test).ToList();

            Assert.Equal(Math.Min(rows, limit), used.Count);
            Assert.Equal(used.Count, used.Distinct().Count());
            Assert.InRange(parts.Training.Length, (used.Count * 0.6) - 1, (used.Count * 0.6) + 1);
        });

    [Fact]
    public void Rounded_shares_add_up_and_are_within_one_of_what_was_wanted() =>
        Gen.Select(s_shares, Gen.Int[0, 1000]).Sample((shares, total) =>
        {
            double[] wanted = [.. shares.Select(s => s / shares.Sum() * total)];
            var counts = Shares.Round(wanted, total);

            Assert.Equal(total, counts.Sum());
            Assert.All(counts.Zip(wanted), p => Assert.InRange(p.First, p.Second - 1.000001, p.Second + 1.000001));
        });

    [Fact]
    public void A_seed_decides_which_rows_go_where()
    {
        double[] targets = [.. Enumerable.Range(0, 100).Select(i => (double)(i % 2))];

        Assert.Equal(Split(TaskKind.Classification, targets, [6, 2, 2], null, 1).Training, Split(TaskKind.Classification, targets, [0.6, 0.2, 0.2], null, 1).Training);
        Assert.NotEqual(Split(TaskKind.Classification, targets, [6, 2, 2], null, 1).Training, Split(TaskKind.Classification, targets, [6, 2, 2], null, 2).Training);
    }

    [Fact]
    public void Another_division_keeps_the_test_part_and_shares_out_the_rest_anew() =>
        Gen.Select(Gen.Int[20, 60].Array[1, 8], Gen.ULong, Gen.Int[1, 9]).Sample((sizes, seed, division) =>
        {
            var targets = sizes.SelectMany((size, c) => Enumerable.Repeat((double)c, size)).ToArray();
            var first = Split(TaskKind.Classification, targets, [0.6, 0.2, 0.2], null, seed);
            var other = Split(TaskKind.Classification, targets, [0.6, 0.2, 0.2], null, seed, division);

            Assert.Equal(first.Test, other.Test);
            Assert.Equal(first.Training.Concat(first.Validation).Order(), other.Training.Concat(other.Validation).Order());
            Assert.NotEqual(first.Validation, other.Validation);
            Assert.InRange(other.Validation.Length, first.Validation.Length - 1, first.Validation.Length + 1);
            Assert.Equal(targets.Distinct(), other.Validation.Select(row => targets[row]).Distinct());
        });

    private static Parts Split(TaskKind kind, double[] targets, double[] shares, int? limit, ulong seed, int division = 0) => Splitter.Split(
        new RawTable
        {
            Name = "t",
            Source = "t",
            Kind = kind,
            ClassNames = kind == TaskKind.Classification ? [.. targets.Distinct().Select(t => $"{t}")] : [],
            Targets = targets,
            Hash = "",
            Columns = [],
        },
        new TaskSettings { Split = [.. shares], Limit = limit },
        seed,
        division);
}
