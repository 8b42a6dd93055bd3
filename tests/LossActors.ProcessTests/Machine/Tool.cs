using System.Diagnostics;

namespace LossActors.ProcessTests.Machine;

/// <summary>Short commands of the system's.</summary>
internal static class Tool
{
    /// <summary>Runs one to its end.</summary>
    /// <exception cref="InvalidOperationException">It fails.</exception>
    public static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error}");
        }
    }

    /// <summary>Whether a program is where programs are looked for.</summary>
    public static bool Exists(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Any(folder => File.Exists(Path.Combine(folder, program)));
}
