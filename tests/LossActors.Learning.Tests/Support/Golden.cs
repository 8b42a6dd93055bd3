using System.Runtime.CompilerServices;

namespace LossActors.Learning.Tests.Support;

/// <summary>Where the golden vectors are.</summary>
internal static class Golden
{
    public static string Expressions => Find("expressions.jsonl");

    public static string Training => Find("training.jsonl");

    private static string Find(string name, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "Golden", name));
}
