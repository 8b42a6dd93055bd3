using System.Globalization;

namespace LossActors.Actors.Serialization;

/// <summary>32 hexadecimal digits: hashes and fingerprints.</summary>
internal sealed class UInt128Converter : TextConverter<UInt128>
{
    protected override string Print(UInt128 value) => value.ToString("x32", CultureInfo.InvariantCulture);

    protected override UInt128 Parse(string text) =>
        UInt128.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
