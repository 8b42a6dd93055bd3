namespace LossActors.Actors.Hosting;

/// <summary>Text inside of HOCON that is put together here.</summary>
internal static class HoconText
{
    /// <summary>A quoted string: paths may hold quotes and backslashes.</summary>
    public static string Quoted(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
