namespace LossActors.Learning.Datasets.ImageFolders;

/// <summary>One decoded image.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Pixels">3 × height × width: red, green, blue.</param>
internal sealed record Picture(int Height, int Width, byte[] Pixels)
{
    /// <summary>Pixels per channel.</summary>
    public int Plane => Height * Width;

    /// <summary>Whether red, green and blue are the same everywhere.</summary>
    public bool IsGrey => Pixels.AsSpan(0, Plane).SequenceEqual(Pixels.AsSpan(Plane, Plane)) && Pixels.AsSpan(0, Plane).SequenceEqual(Pixels.AsSpan(2 * Plane));

    /// <summary>The image in another size: each pixel is the mean of the area that it covers, in whole numbers, so that every machine gets the same.</summary>
    public Picture Resize(int height, int width)
    {
        if ((height, width) == (Height, Width))
        {
            return this;
        }

        var result = new byte[3 * height * width];
        for (var i = 0; i < result.Length; i++)
        {
            var (channel, row, column) = (i / (height * width), i / width % height, i % width);
            result[i] = Mean(channel, row, height, column, width);
        }

        return new Picture(height, width, result);
    }

    // Rows are measured in units of 1 / (Height · height) of the side, so that both grids have whole ends; columns alike.
    private byte Mean(int channel, int row, int height, int column, int width)
    {
        long sum = 0;
        for (var y = row * Height / height; y * height < (row + 1) * Height; y++)
        {
            var tall = Math.Min((y + 1) * height, (row + 1) * Height) - Math.Max(y * height, row * Height);
            for (var x = column * Width / width; x * width < (column + 1) * Width; x++)
            {
                var wide = Math.Min((x + 1) * width, (column + 1) * Width) - Math.Max(x * width, column * Width);
                sum += (long)tall * wide * Pixels[(((channel * Height) + y) * Width) + x];
            }
        }

        var area = (long)Height * Width;
        return (byte)((sum + (area / 2)) / area);
    }
}
