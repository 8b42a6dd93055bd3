using System.Diagnostics;
using System.Globalization;
using LossActors.Actors.Evaluators;

namespace LossActors.Cli.Hosting;

/// <summary>How this program starts itself again as an evaluator: from <c>dotnet run</c>, as <c>dotnet lossactors.dll</c>, or as a published executable.</summary>
internal static class EvaluatorCommandLine
{
    private const string Program = "lossactors";

    /// <summary>The command line of one evaluator process.</summary>
    /// <param name="launch">What it is for.</param>
    /// <param name="libTorch">The experiment's own libtorch folder, if it names one.</param>
    /// <param name="tls">The search's TLS file; null: no TLS.</param>
    public static ProcessStartInfo For(EvaluatorLaunch launch, string? libTorch, string? tls = null)
    {
        var start = Self(Environment.ProcessPath, typeof(EvaluatorCommandLine).Assembly.Location);
        foreach (var argument in (string[])
        [
            "node", "--role", "evaluator",
            "--join", string.Create(CultureInfo.InvariantCulture, $"{launch.Host}:{launch.Port}"),
            "--device", launch.Device,
            "--child",
        ])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (option, value) in new[] { ("--libtorch", libTorch), (TlsOption.Name, tls) })
        {
            if (value is not null)
            {
                start.ArgumentList.Add(option);
                start.ArgumentList.Add(value);
            }
        }

        // Evaluators have no business with the database, and its password none in their environment.
        start.Environment.Remove(DatabaseSetting.Variable);
        start.Environment.Remove(DatabaseSetting.FileVariable);
        return start;
    }

    /// <summary>The command line of this program without arguments.</summary>
    /// <param name="process">The executable of this process.</param>
    /// <param name="assembly">This program's assembly; empty in a single-file executable.</param>
    internal static ProcessStartInfo Self(string? process, string assembly)
    {
        var isOwnExecutable = process is not null && Path.GetFileNameWithoutExtension(process) == Program;
        if (isOwnExecutable || assembly.Length == 0)
        {
            return new ProcessStartInfo(process ?? throw new CliException("this process does not know its own executable", ExitCode.Environment));
        }

        // Under the dotnet host, or inside a test's executable.
        var isDotnet = process is not null && Path.GetFileNameWithoutExtension(process) == "dotnet";
        var start = new ProcessStartInfo(isDotnet ? process! : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet");
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(assembly);
        return start;
    }
}
