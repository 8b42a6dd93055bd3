using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LossActors.Learning.Datasets;

/// <summary>SHA-256 of what a dataset says, however its file is compressed, quoted or broken into lines.</summary>
internal static class ContentHash
{
    /// <summary>Of a table: its cells with their lengths, header first.</summary>
    public static string Of(CsvTable table)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in table.Rows.Prepend(table.Header))
        {
            Number(hash, row.Length);
            foreach (var cell in row)
            {
                var bytes = Encoding.UTF8.GetBytes(cell);
                Number(hash, bytes.Length);
                hash.AppendData(bytes);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Of arrays of bytes: their contents with their lengths.</summary>
    public static string Of(params ReadOnlySpan<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            Number(hash, part.Length);
            hash.AppendData(part);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Number(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
