using CsCheck;
using LossActors.Evolution.Collections;
using Xunit;

namespace LossActors.Evolution.Tests.Collections;

public sealed class CompactMapTests
{
    private static readonly Gen<(int Key, int Value)[]> s_entries = Gen.Select(Gen.Int[0, 200], Gen.Int).Array[0, 300];

    [Fact]
    public void ItHoldsWhatADictionaryHolds() => s_entries.Sample(entries =>
    {
        var dictionary = new Dictionary<int, int>();
        var map = CompactMap<int, int>.Empty;
        foreach (var (key, value) in entries)
        {
            dictionary[key] = value;
            map = map.With(key, value);
        }

        Assert.Equal(dictionary.Count, map.Count);
        Assert.All(Enumerable.Range(-1, 203), key => Assert.Equal(dictionary.TryGetValue(key, out var value) ? value : null, map.Find(key)));
        var (keys, values) = map.Columns();
        Assert.Equal(dictionary.OrderBy(e => e.Key), keys.Zip(values, KeyValuePair.Create));
    });

    [Fact]
    public void WhatWasTakenBeforeAnAdditionStaysAsItWas() => Gen.Select(s_entries, s_entries, s_entries).Sample((before, one, other) =>
    {
        CompactMap<int, int> Add(CompactMap<int, int> map, (int Key, int Value)[] entries) => entries.Aggregate(map, (m, e) => m.With(e.Key, e.Value));
        var trunk = Add(CompactMap<int, int>.Empty, before);
        var expected = trunk.Columns().Values;

        _ = Add(trunk, one);
        var branch = Add(trunk, other);

        Assert.Equal(expected, trunk.Columns().Values);
        Assert.Equal(Add(CompactMap<int, int>.Empty, [.. before, .. other]).Columns().Values, branch.Columns().Values);
    });

    [Fact]
    public void ItComesBackFromItsColumns() => s_entries.Sample(entries =>
    {
        var map = entries.Aggregate(CompactMap<int, int>.Empty, (m, e) => m.With(e.Key, e.Value));
        var (keys, values) = map.Columns();

        var back = CompactMap<int, int>.Of(keys, values);

        Assert.Equal(map.Count, back.Count);
        Assert.All(entries, e => Assert.Equal(map.Find(e.Key), back.Find(e.Key)));
    });

    [Fact]
    public void ColumnsThatContradictThemselvesAreRefused()
    {
        Assert.Throws<ArgumentException>(() => CompactMap<int, int>.Of([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => CompactMap<int, int>.Of([2, 1], [1, 2]));
        Assert.Throws<ArgumentException>(() => CompactMap<int, int>.Of([1, 1], [1, 2]));
    }
}
