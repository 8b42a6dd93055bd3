using System.Buffers.Binary;

namespace LossActors.Learning.Datasets.MatFiles;

/// <summary>Reads the data elements of a MAT-file one after another: a type, a length, bytes, and padding to a multiple of eight; or all in eight bytes if they are few.</summary>
/// <param name="stream">At the first element.</param>
/// <param name="source">The file, for messages.</param>
internal sealed class MatElements(Stream stream, string source)
{
    /// <summary>Reads the tag of the next element.</summary>
    /// <returns>Its type, its length, and what it holds if that stands in the tag itself.</returns>
    public (uint Type, uint Length, byte[]? Content) Tag()
    {
        var tag = Take(8);
        var (first, second) = (BinaryPrimitives.ReadUInt32LittleEndian(tag), BinaryPrimitives.ReadUInt32LittleEndian(tag.AsSpan(4)));
        var small = first >> 16;
        return small == 0 ? (first, second, null)
            : small <= 4 ? (first & 0xffff, small, tag[4..(4 + (int)small)])
            : throw Broken();
    }

    /// <summary>Reads a whole element of a certain type.</summary>
    /// <param name="type">The type that must stand here.</param>
    /// <param name="longest">More bytes than these are no sound element.</param>
    public byte[] Content(uint type, int longest)
    {
        var (actual, length, content) = Tag();
        return actual != type || length > longest ? throw Broken() : content ?? Content(length);
    }

    /// <summary>Reads what follows a tag, and the padding after it.</summary>
    /// <param name="length">As the tag says, and known to be bearable.</param>
    public byte[] Content(uint length)
    {
        var content = Take((int)length);
        Take((int)(-length & 7));
        return content;
    }

    /// <summary>That the file says what no sound one says.</summary>
    public DataException Broken() => new($"{source}: broken, or not as MATLAB's format (version 5) has it; fetch the file again");

    private byte[] Take(int count)
    {
        var bytes = new byte[count];
        return stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count ? bytes : throw new DataException($"{source}: cut off; fetch the file again");
    }
}
