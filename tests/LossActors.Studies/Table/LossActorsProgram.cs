using System.Diagnostics;
using System.Reflection;

namespace LossActors.Studies.Table;

/// <summary>The real program, as a process of its own.</summary>
internal static class LossActorsProgram
{
    private static readonly string s_program = typeof(LossActorsProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "lossactors").Value!;

    /// <summary>Runs one command to its end. Cancellation kills it, which a run survives: it goes on when resumed.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="StudyException">It exited otherwise than it should.</exception>
    public static async Task<string> RunAsync(IEnumerable<string> arguments, int[] allowed, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] command = ["exec", s_program, .. arguments];
        Array.ForEach(command, start.ArgumentList.Add);
        // State is looked for in the data folder.
        start.Environment.Remove("LOSSACTORS_DATABASE");
        start.Environment.Remove("LOSSACTORS_DATABASE_FILE");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        return allowed.Contains(process.ExitCode)
            ? await output
            : throw new StudyException($"lossactors {string.Join(' ', command[2..])} exited with {process.ExitCode}: {(await error).Trim()}");
    }
}
