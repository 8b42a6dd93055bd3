namespace LossActors.Evolution.Randomness;

/// <summary>
/// A stream of random numbers that is a pure function of its key and of how many were drawn: Philox4x32-10, a counter-based
/// generator (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC'11).
/// </summary>
/// <remarks>
/// A stream keyed by (seed, island, birth, purpose) gives the same numbers in every process, whatever was drawn before, so
/// a search can be replayed although its parts ran in parallel.
/// </remarks>
public sealed class RandomStream
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    private readonly ulong _key;
    private readonly ulong _high;
    private ulong _counter;
    private uint _b0, _b1, _b2, _b3;
    private int _left;

    private RandomStream(ulong key, ulong high)
    {
        _key = key;
        _high = high;
    }

    /// <summary>The stream of a key: a seed and up to three numbers and a purpose that say what it is for.</summary>
    public static RandomStream For(ulong seed, ulong a, ulong b, Purpose purpose) =>
        new(Mix(seed ^ Mix((ulong)purpose + 0x51ED2701)), Mix(Mix(a + 0x9E3779B97F4A7C15) ^ (b * 0xD1342543DE82EF95)));

    /// <summary>32 random bits.</summary>
    public uint NextUInt32()
    {
        if (_left == 0)
        {
            Refill();
        }

        return _left-- switch { 4 => _b0, 3 => _b1, 2 => _b2, _ => _b3 };
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64() => ((ulong)NextUInt32() << 32) | NextUInt32();

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, <paramref name="exclusive"/>), without bias (Lemire, 2019).</summary>
    public int NextInt(int exclusive)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusive);
        var range = (uint)exclusive;
        var product = (ulong)NextUInt32() * range;
        if ((uint)product < range)
        {
            var threshold = (uint)-(int)range % range;
            while ((uint)product < threshold)
            {
                product = (ulong)NextUInt32() * range;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>Standard normal (Box–Muller; one of the pair is dropped so that each draw costs the same).</summary>
    public double NextNormal()
    {
        var u = 1.0 - NextDouble();
        var v = NextDouble();
        return Math.Sqrt(-2.0 * Math.Log(u)) * Math.Cos(2.0 * Math.PI * v);
    }

    /// <summary>True with the given probability.</summary>
    public bool NextBool(double probability) => NextDouble() < probability;

    /// <summary>Puts the items into a random order (Fisher–Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private void Refill()
    {
        uint c0 = (uint)_counter, c1 = (uint)(_counter >> 32), c2 = (uint)_high, c3 = (uint)(_high >> 32);
        uint k0 = (uint)_key, k1 = (uint)(_key >> 32);
        for (var round = 0; round < 10; round++)
        {
            var p0 = (ulong)Multiplier0 * c0;
            var p1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        (_b0, _b1, _b2, _b3) = (c0, c1, c2, c3);
        _counter++;
        _left = 4;
    }

    // The finalizer of SplitMix64 (Steele, Lea and Flood, 2014): spreads a structured key over all 64 bits.
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
