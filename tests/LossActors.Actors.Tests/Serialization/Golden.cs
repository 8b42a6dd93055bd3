using System.Text;

namespace LossActors.Actors.Tests.Serialization;

/// <summary>
/// A checked-in file of lines <c>manifest json</c>: the exact bytes of one example per manifest. To add lines for new manifests, copy them from
/// the failing test's message; a changed line is a broken contract and needs a new manifest instead.
/// </summary>
internal static class Golden
{
    public static IReadOnlyList<(string Manifest, string Json)> Read(string file)
    {
        using var stream = typeof(Golden).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"{file} is not embedded");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2)).Select(parts => (parts[0], parts[1]))];
    }
}
