namespace LossActors.Cli.Output;

/// <summary>Arguments as they can be copied into a shell.</summary>
internal static class ShellText
{
    /// <summary>An argument, in quotes if a shell would take it apart otherwise.</summary>
    public static string Quoted(string argument)
    {
        if (argument.Length > 0 && argument.All(c => char.IsLetterOrDigit(c) || c is '/' or '\\' or '.' or '-' or '_' or ':' or '+' or '='))
        {
            // POSIX shells would drop a backslash, Windows has it in every path.
            if (OperatingSystem.IsWindows() || !argument.Contains('\\', StringComparison.Ordinal))
            {
                return argument;
            }
        }

        return OperatingSystem.IsWindows() ? $"\"{argument}\"" : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
