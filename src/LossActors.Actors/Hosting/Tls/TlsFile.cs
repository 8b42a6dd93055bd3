using System.Collections.Immutable;
using LossActors.Actors.Experiments;
using LossActors.Actors.Experiments.Hocon;

namespace LossActors.Actors.Hosting.Tls;

/// <summary>What a TLS file says; hocon/tls.conf is the template that explains it.</summary>
/// <param name="Source">The file itself, with its full path.</param>
/// <param name="Certificate">Full path of this node's certificate.</param>
/// <param name="Key">Full path of its private key; null: in the certificate's file.</param>
/// <param name="PasswordFile">Full path of a file with the key's password; null: none.</param>
/// <param name="Authority">Full path of the trusted authorities' certificates; null: <paramref name="Pins"/> say who is trusted.</param>
/// <param name="Pins">SHA-256 fingerprints of trusted certificates: 64 hexadecimal digits, upper case.</param>
internal sealed record TlsFile(string Source, string Certificate, string? Key, string? PasswordFile, string? Authority, ImmutableArray<string> Pins)
{
    private const string Block = "tls";
    private static readonly string[] s_keys = ["certificate", "key", "password-file", "authority", "pins"];

    /// <summary>Reads and checks a file; those that it names are not looked at yet.</summary>
    /// <exception cref="TlsException">It cannot be read, or says something else than it may.</exception>
    public static TlsFile Read(string path)
    {
        var (full, shown) = (Path.GetFullPath(path), Shown.Bare(path));
        string text;
        try
        {
            text = File.ReadAllText(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TlsException($"cannot read the TLS file {shown}: {Shown.FirstLine(e.Message)}", e);
        }

        try
        {
            return Of(HoconParser.ParseFile(text), full);
        }
        catch (HoconException e)
        {
            throw new TlsException($"{shown}:{e.Line}: {e.Problem}", e);
        }
    }

    private static TlsFile Of(HoconObject root, string source)
    {
        Known(root, [Block]);
        if (!root.Fields.TryGetValue(Block, out var value) || value is not HoconObject tls)
        {
            throw new HoconException(root.Line, "there is no block tls { … }");
        }

        Known(tls, s_keys);
        var folder = Path.GetDirectoryName(source)!;
        var (authority, pins) = (File("authority"), tls.Fields.TryGetValue("pins", out var list) ? Pinned(list) : []);
        return (authority is null) == pins.IsEmpty
            ? throw new HoconException(tls.Line, "say whom to trust: either authority (a file with certificates) or pins (fingerprints)")
            : new TlsFile(
                source, File("certificate") ?? throw new HoconException(tls.Line, "certificate is missing: the file with this node's own"), File("key"), File("password-file"), authority, pins);

        string? File(string key) => tls.Fields.GetValueOrDefault(key) switch
        {
            null or HoconScalar { IsNull: true } => null,
            HoconScalar { Text.Length: > 0 } name => Path.GetFullPath(Path.Combine(folder, name.Text)),
            var other => throw new HoconException(other.Line, $"{key}: expected a file"),
        };
    }

    private static ImmutableArray<string> Pinned(HoconValue value) =>
        value is HoconList list ? [.. list.Items.Select(Pin)] : throw new HoconException(value.Line, "pins: expected a list of fingerprints in brackets");

    private static string Pin(HoconValue value)
    {
        var digits = (value as HoconScalar)?.Text.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant() ?? "";
        return digits.Length == 64 && digits.All(char.IsAsciiHexDigitUpper)
            ? digits
            : throw new HoconException(value.Line, "pins: expected SHA-256 fingerprints, 64 hexadecimal digits each, in quotes if there are colons between them");
    }

    private static void Known(HoconObject block, string[] keys)
    {
        foreach (var (name, value) in block.Fields.Where(field => !keys.Contains(field.Key, StringComparer.Ordinal)))
        {
            throw new HoconException(value.Line, $"unknown key {Shown.Bare(name)}; {(Nearest.To(name, keys) is { } near ? $"did you mean {near}?" : $"there are {string.Join(", ", keys)}")}");
        }
    }
}
