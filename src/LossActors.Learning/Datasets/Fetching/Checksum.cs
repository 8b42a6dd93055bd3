using System.Security.Cryptography;

namespace LossActors.Learning.Datasets.Fetching;

/// <summary>What a file's publisher says its content hashes to.</summary>
/// <param name="Algorithm">MD5 where nothing better is published: it finds damage, not malice, and what is found in a file is not believed anyway.</param>
/// <param name="Value">Lower-case hexadecimal.</param>
internal sealed record Checksum(HashAlgorithmName Algorithm, string Value)
{
    /// <summary>An MD5 checksum.</summary>
    public static Checksum Md5(string value) => new(HashAlgorithmName.MD5, value);

    /// <summary>A SHA-256 checksum.</summary>
    public static Checksum Sha256(string value) => new(HashAlgorithmName.SHA256, value);

    /// <summary>Whether the rest of a stream has it.</summary>
    public async Task<bool> IsOf(Stream stream, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(Algorithm);
        var buffer = new byte[1 << 16];
        for (int read; (read = await stream.ReadAsync(buffer, cancellation)) > 0;)
        {
            hash.AppendData(buffer.AsSpan(0, read));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset()) == Value;
    }
}
