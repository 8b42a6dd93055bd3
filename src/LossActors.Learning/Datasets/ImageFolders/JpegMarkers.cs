using System.Buffers.Binary;

namespace LossActors.Learning.Datasets.ImageFolders;

/// <summary>The markers that a JPEG file is divided by (ITU-T T.81, annex B).</summary>
internal static class JpegMarkers
{
    private const byte Prefix = 0xff;
    private const byte FirstRestart = 0xd0;
    private const byte StartOfImage = 0xd8;
    private const byte EndOfImage = 0xd9;
    private const byte StartOfScan = 0xda;

    /// <summary>Whether a file goes on to the end of its image; a thumbnail's, which lies within a segment, does not count, nor what is appended.</summary>
    public static bool ReachEnd(ReadOnlySpan<byte> file)
    {
        var at = 0;
        while (at + 1 < file.Length && file[at] == Prefix)
        {
            switch (file[at + 1])
            {
                case EndOfImage:
                    return true;
                case Prefix: // fills up
                    at++;
                    break;
                case >= FirstRestart and <= StartOfImage:
                    at += 2;
                    break;
                case var marker:
                    // The length counts its own two bytes.
                    var length = at + 4 <= file.Length ? BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]) : 0;
                    if (length < 2)
                    {
                        return false;
                    }

                    at += 2 + length;
                    at = marker == StartOfScan ? AfterScan(file, at) : at;
                    break;
            }
        }

        return false;
    }

    // Coded data has a zero after each byte that could be taken for a marker's first, and markers of restart within.
    private static int AfterScan(ReadOnlySpan<byte> file, int at)
    {
        while (at + 1 < file.Length && !(file[at] == Prefix && file[at + 1] is not (0 or Prefix or (>= FirstRestart and < StartOfImage))))
        {
            at++;
        }

        return at;
    }
}
