using System.Buffers.Binary;
using System.Text;

namespace LossActors.Learning.Native;

/// <summary>
/// What the dynamic loader reads of a little-endian ELF64 shared object: the symbol versions that it requires and defines. Found through the dynamic
/// segment, as the loader does, so that stripped section headers do not matter.
/// </summary>
/// <remarks>Layouts: System V gABI chapter 5, and "Symbol Versioning" of the Linux Standard Base Core 5.0, §10.7.</remarks>
internal sealed class ElfObject
{
    private const ushort WeakFlag = 2;
    private const uint LoadSegment = 1, DynamicSegment = 2;
    private const long StringTable = 5, SymbolTable = 6, HashTable = 4, GnuHashTable = 0x6ffffef5,
        VersionSymbols = 0x6ffffff0, VersionDefinitions = 0x6ffffffc, VersionDefinitionCount = 0x6ffffffd,
        VersionNeeds = 0x6ffffffe, VersionNeedCount = 0x6fffffff;

    private readonly byte[] _bytes;
    private readonly List<(long Address, long Offset, long Size)> _segments = [];
    private readonly Dictionary<long, long> _dynamic = [];

    /// <summary>Reads the headers.</summary>
    /// <exception cref="InvalidDataException">Not a 64-bit little-endian ELF object with a dynamic segment, or a truncated one.</exception>
    public ElfObject(byte[] bytes)
    {
        _bytes = bytes;
        if (bytes.Length < 64 || !bytes.AsSpan(0, 4).SequenceEqual("\u007fELF"u8) || bytes[4] != 2 || bytes[5] != 1)
        {
            throw new InvalidDataException("not a 64-bit little-endian ELF object");
        }

        var table = UInt64(0x20);
        int size = UInt16(0x36), count = UInt16(0x38);
        var (dynamic, dynamicSize) = (-1L, 0L);
        for (var i = 0; i < count; i++)
        {
            var header = table + (i * size);
            var type = UInt32(header);
            if (type == LoadSegment)
            {
                _segments.Add((UInt64(header + 16), UInt64(header + 8), UInt64(header + 32)));
            }
            else if (type == DynamicSegment)
            {
                (dynamic, dynamicSize) = (UInt64(header + 8), UInt64(header + 32));
            }
        }

        if (dynamic < 0)
        {
            throw new InvalidDataException("an ELF object without a dynamic segment");
        }

        for (var at = dynamic; at < dynamic + dynamicSize && UInt64(at) != 0; at += 16)
        {
            _dynamic[UInt64(at)] = UInt64(at + 8);
        }
    }

    /// <summary>The symbol versions required of other objects.</summary>
    public IReadOnlyList<VersionNeed> Needs()
    {
        var needs = new List<VersionNeed>();
        if (!_dynamic.TryGetValue(VersionNeeds, out var address))
        {
            return needs;
        }

        var at = Offset(address);
        for (var left = _dynamic.GetValueOrDefault(VersionNeedCount); left > 0; left--)
        {
            var library = Name(UInt32(at + 4));
            var entry = at + UInt32(at + 8);
            for (var entries = UInt16(at + 2); entries > 0; entries--)
            {
                needs.Add(new VersionNeed(library, Name(UInt32(entry + 8)), UInt16(entry + 6), (UInt16(entry + 4) & WeakFlag) != 0, checked((int)(entry + 4))));
                entry += UInt32(entry + 12);
            }

            if (UInt32(at + 12) is not (> 0 and var next))
            {
                break;
            }

            at += next;
        }

        return needs;
    }

    /// <summary>The names of the symbol versions that this object defines.</summary>
    public IReadOnlyList<string> Definitions()
    {
        var names = new List<string>();
        if (!_dynamic.TryGetValue(VersionDefinitions, out var address))
        {
            return names;
        }

        var at = Offset(address);
        for (var left = _dynamic.GetValueOrDefault(VersionDefinitionCount); left > 0; left--)
        {
            names.Add(Name(UInt32(at + UInt32(at + 12))));
            if (UInt32(at + 16) is not (> 0 and var next))
            {
                break;
            }

            at += next;
        }

        return names;
    }

    /// <summary>The undefined dynamic symbols that ask for a version; null if the object has no hash table to tell how many symbols there are.</summary>
    public IReadOnlyList<string>? SymbolsOf(VersionNeed need)
    {
        long count;
        if (_dynamic.TryGetValue(GnuHashTable, out var gnu))
        {
            count = UInt32(Offset(gnu) + 4); // symoffset: what it hashes are defined symbols, and they come last
        }
        else if (_dynamic.TryGetValue(HashTable, out var hash))
        {
            count = UInt32(Offset(hash) + 4); // nchain
        }
        else
        {
            return null;
        }

        long versions = Table(VersionSymbols), symbols = Table(SymbolTable);
        var names = new List<string>();
        for (var i = 1L; i < count; i++)
        {
            if ((UInt16(versions + (2 * i)) & 0x7fff) == need.Index && UInt16(symbols + (24 * i) + 6) == 0)
            {
                names.Add(Name(UInt32(symbols + (24 * i))));
            }
        }

        return names;
    }

    /// <summary>A copy of the object in which one required version is weak (VER_FLG_WEAK): the loader then does without it.</summary>
    public byte[] Weakened(VersionNeed need)
    {
        var copy = (byte[])_bytes.Clone();
        var flags = copy.AsSpan(need.FlagsOffset, 2);
        BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | WeakFlag));
        return copy;
    }

    private long Table(long tag) =>
        _dynamic.TryGetValue(tag, out var address) ? Offset(address) : throw new InvalidDataException("an ELF object without one of the tables of its symbols");

    private long Offset(long address)
    {
        foreach (var (start, offset, size) in _segments)
        {
            if (address >= start && address - start < size)
            {
                return address - start + offset;
            }
        }

        throw new InvalidDataException("an address outside the segments of the ELF object");
    }

    private string Name(long index)
    {
        var start = Table(StringTable) + index;
        var rest = Slice(start, 1).Length == 1 ? _bytes.AsSpan((int)start) : default;
        var end = rest.IndexOf((byte)0);
        return end < 0 ? throw new InvalidDataException("a name without an end in the ELF object") : Encoding.UTF8.GetString(rest[..end]);
    }

    private ReadOnlySpan<byte> Slice(long at, int size) =>
        at >= 0 && at <= _bytes.Length - size ? _bytes.AsSpan((int)at, size) : throw new InvalidDataException("a truncated ELF object");

    private ushort UInt16(long at) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(at, 2));

    private uint UInt32(long at) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(at, 4));

    private long UInt64(long at) => BinaryPrimitives.ReadInt64LittleEndian(Slice(at, 8));
}
