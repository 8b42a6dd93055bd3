using System.Buffers.Binary;
using System.Text;

namespace LossActors.Learning.Tests.Native;

/// <summary>Writes small shared objects with the tables that symbol versions need: no code, no sections.</summary>
internal static class ElfBuilder
{
    /// <summary>An object that needs some versions of libstdc++.so.6, each by some symbols, and defines some versions of its own.</summary>
    public static byte[] Build((string Version, string[] Symbols)[] needs, string[]? defines = null)
    {
        defines ??= [];
        var strings = new MemoryStream();
        strings.WriteByte(0);
        uint Text(string s)
        {
            strings.Position = strings.Length;
            var at = (uint)strings.Length;
            strings.Write(Encoding.UTF8.GetBytes(s + "\0"));
            return at;
        }

        var symbols = needs.SelectMany((n, i) => n.Symbols.Select(s => (Name: Text(s), Version: (ushort)(i + 2)))).ToList();
        var symbolTable = new Writer().Zeros(24);
        var versionTable = new Writer().UInt16(0);
        foreach (var (name, version) in symbols)
        {
            symbolTable.UInt32(name).Zeros(20);
            versionTable.UInt16(version);
        }

        var needTable = new Writer().UInt16(1).UInt16((ushort)needs.Length).UInt32(Text("libstdc++.so.6")).UInt32(16).UInt32(0);
        for (var i = 0; i < needs.Length; i++)
        {
            needTable.UInt32(0).UInt16(0).UInt16((ushort)(i + 2)).UInt32(Text(needs[i].Version)).UInt32(i + 1 < needs.Length ? 16u : 0);
        }

        var definitionTable = new Writer();
        for (var i = 0; i < defines.Length; i++)
        {
            definitionTable.UInt16(1).UInt16(0).UInt16((ushort)(i + 1)).UInt16(1).UInt32(0).UInt32(20).UInt32(i + 1 < defines.Length ? 28u : 0).UInt32(Text(defines[i])).UInt32(0);
        }

        var hash = new Writer().UInt32(1).UInt32((uint)symbols.Count + 1).Zeros(8); // GNU hash: everything below symoffset is undefined
        (long Tag, byte[] Content)[] tables =
        [
            (5, strings.ToArray()), (6, symbolTable.Bytes), (0x6ffffff0, versionTable.Bytes), (0x6ffffffe, needTable.Bytes),
            (0x6ffffffc, definitionTable.Bytes), (0x6ffffef5, hash.Bytes),
        ];

        // Header, two program headers, tables, dynamic segment; addresses are offsets plus a base, so that mixing them up shows.
        const ulong Base = 0x10000;
        var body = new Writer();
        var dynamic = new Writer().UInt64(0x6fffffff).UInt64(1).UInt64(0x6ffffffd).UInt64((ulong)defines.Length);
        foreach (var (tag, content) in tables)
        {
            dynamic.UInt64((ulong)tag).UInt64(Base + 176 + (ulong)body.Bytes.Length);
            body.Append(content);
        }

        dynamic.Zeros(16);
        var size = (ulong)(176 + body.Bytes.Length + dynamic.Bytes.Length);
        return new Writer().Append([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1]).Zeros(9)
            .UInt16(3).UInt16(62).UInt32(1).UInt64(0).UInt64(64).UInt64(0).UInt32(0).UInt16(64).UInt16(56).UInt16(2).UInt16(0).UInt16(0).UInt16(0)
            .UInt32(1).UInt32(5).UInt64(0).UInt64(Base).UInt64(Base).UInt64(size).UInt64(size).UInt64(0x1000)
            .UInt32(2).UInt32(6).UInt64(size - (ulong)dynamic.Bytes.Length).UInt64(0).UInt64(0).UInt64((ulong)dynamic.Bytes.Length).UInt64(0).UInt64(8)
            .Append(body.Bytes).Append(dynamic.Bytes).Bytes;
    }

    private sealed class Writer
    {
        private readonly List<byte> _bytes = [];

        public byte[] Bytes => [.. _bytes];

        public Writer Append(byte[] bytes)
        {
            _bytes.AddRange(bytes);
            return this;
        }

        public Writer Zeros(int count) => Append(new byte[count]);

        public Writer UInt16(ushort value)
        {
            var bytes = new byte[2];
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
            return Append(bytes);
        }

        public Writer UInt32(uint value)
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
            return Append(bytes);
        }

        public Writer UInt64(ulong value)
        {
            var bytes = new byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
            return Append(bytes);
        }
    }
}
