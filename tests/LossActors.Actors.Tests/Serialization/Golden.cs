using System.Text;
using Xunit;

namespace LossActors.Actors.Tests.Serialization;

/// <summary>
/// A checked-in file of lines <c>manifest json</c>: the exact bytes of one example per manifest. To add lines for new manifests, copy them from
/// the failing test's message. A changed line is a broken contract and wants a new manifest instead, unless it only gained a setting that has a default.
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

    public static void AssertSame(string file, IEnumerable<string> lines)
    {
        var expected = string.Join('\n', Read(file).Select(line => $"{line.Manifest} {line.Json}"));
        var actual = string.Join('\n', lines);
        Assert.True(expected == actual, $"{file} differs; the serializer writes:\n{actual}");
    }
}
