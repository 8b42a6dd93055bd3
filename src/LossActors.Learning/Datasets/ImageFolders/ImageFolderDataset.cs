using System.Collections.Immutable;
using System.Text;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Datasets.ImageFolders;

/// <summary>Images of the user's own: a folder per class, or folders <c>train</c> and <c>test</c> that each have one.</summary>
internal static class ImageFolderDataset
{
    private const int MostClasses = 1000;

    /// <summary>Reads the images; grey ones if they all are.</summary>
    /// <exception cref="DataException">There are none, one cannot be used, or their sizes differ and the settings name none.</exception>
    public static RawImages Read(TaskSettings settings)
    {
        var root = settings.Path ?? throw new DataException("dataset images needs a path; set task.path to the folder with a folder per class");
        try
        {
            return Read(root, settings.Resize);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{root} cannot be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private static RawImages Read(string root, int? side)
    {
        var (training, test) = Parts(root);
        var classes = Folders(training);
        if (classes.Length is < 2 or > MostClasses)
        {
            throw new DataException($"{training}: {classes.Length} folders; a folder per class is needed, from 2 to {MostClasses}");
        }

        var files = Files(training, classes).ToList();
        var firstTest = files.Count;
        if (test is not null)
        {
            files.AddRange(Files(test, classes));
        }

        var (pixels, channels, height, width) = Decode(files, side);
        byte[] labels = [.. files.SelectMany(file => BitConverter.GetBytes((ushort)file.Label))];
        return new RawImages
        {
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))),
            Source = root,
            Kind = TaskKind.Classification,
            ClassNames = classes,
            Targets = [.. files.Select(file => (double)file.Label)],
            FirstTest = test is null ? null : firstTest,
            Pixels = pixels,
            Channels = channels,
            Height = height,
            Width = width,
            Hash = ContentHash.Of(Encoding.UTF8.GetBytes(string.Join('\0', classes)), pixels, labels[..(2 * firstTest)], labels[(2 * firstTest)..]),
        };
    }

    private static (string Training, string? Test) Parts(string root) =>
        !Directory.Exists(root) ? throw new DataException($"{root}: no such folder; set task.path to the folder with a folder per class")
            : Folders(root) is ["test", "train"] ? (Path.Combine(root, "train"), Path.Combine(root, "test"))
            : (root, null);

    private static ImmutableArray<string> Folders(string path) =>
        [.. Directory.EnumerateDirectories(path).Select(p => Path.GetFileName(p)).Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal)];

    private static IEnumerable<(string Path, int Label)> Files(string part, ImmutableArray<string> classes)
    {
        foreach (var name in Folders(part))
        {
            var label = classes.IndexOf(name);
            var files = Directory.EnumerateFileSystemEntries(Path.Combine(part, name)).Where(IsVisible).Order(StringComparer.Ordinal).ToList();
            if (label < 0 || files.Count == 0)
            {
                throw new DataException($"{Path.Combine(part, name)}: {(label < 0 ? "the training part has no such class" : "a class without images")}; add images, or take the folder out");
            }

            foreach (var file in files)
            {
                yield return Directory.Exists(file) ? throw new DataException($"{file}: a folder within the folder of a class; only images belong there")
                    : PictureFile.Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase) ? (file, label)
                    : throw new DataException($"{file}: not an image by its name ({string.Join(", ", PictureFile.Extensions)}); convert it, or take it out");
            }
        }
    }

    private static bool IsVisible(string path) => Path.GetFileName(path) is var name && !name.StartsWith('.') && name != "Thumbs.db";

    private static (byte[] Pixels, int Channels, int Height, int Width) Decode(List<(string Path, int Label)> files, int? side)
    {
        var (height, width, isGrey) = (side ?? 0, side ?? 0, true);
        var all = new MemoryStream();
        foreach (var (path, _) in files)
        {
            var picture = PictureFile.Read(path);
            if (all.Length == 0 && side is null)
            {
                (height, width) = (picture.Height, picture.Width);
            }

            picture = side is null ? picture : picture.Resize(height, width);
            if ((picture.Height, picture.Width) != (height, width))
            {
                throw new DataException($"{path}: an image of {picture.Height} × {picture.Width} pixels, but {files[0].Path} has {height} × {width}; set task.resize, or bring them all to one size");
            }

            if (all.Length + picture.Pixels.Length > DataFile.LargestSize)
            {
                throw new DataException($"{path}: the images up to this one take more than {DataFile.LargestSize:N0} bytes, the most that is read here; set a smaller task.resize, or use fewer images");
            }

            isGrey &= picture.IsGrey;
            all.Write(picture.Pixels);
        }

        var size = 3 * height * width;
        return (isGrey ? [.. Enumerable.Range(0, files.Count).SelectMany(i => all.GetBuffer().AsSpan(i * size, size / 3).ToArray())] : all.ToArray(), isGrey ? 1 : 3, height, width);
    }
}
