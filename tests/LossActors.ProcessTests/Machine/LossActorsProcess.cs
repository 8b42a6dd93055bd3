using System.Diagnostics;
using System.Reflection;

namespace LossActors.ProcessTests.Machine;

/// <summary>The real program as a process of its own, leader of its own process group, with all that it starts marked as its.</summary>
internal sealed class LossActorsProcess : IDisposable
{
    private static readonly string s_program = Built("lossactors");
    private static readonly string s_studies = Built("studies");

    private readonly Process _process;
    private bool _disposed;

    private LossActorsProcess(Process process, string mark)
    {
        _process = process;
        Mark = mark;
        Os = new OsProcess(process.Id);
        Out = new Transcript(process.StandardOutput);
        Error = new Transcript(process.StandardError);
    }

    /// <summary>In the environment of this process and of all its descendants, and of no others.</summary>
    public string Mark { get; }

    public OsProcess Os { get; }

    public Transcript Out { get; }

    public Transcript Error { get; }

    /// <summary>Starts it.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="environment">Variables for it and its children.</param>
    public static LossActorsProcess Start(string folder, IEnumerable<string> args, params (string Name, string Value)[] environment) =>
        StartAt(host: null, folder, args, environment);

    /// <summary>Starts it on a host of a network of the test's own; null: on this machine itself.</summary>
    public static LossActorsProcess StartAt(IsolatedHost? host, string folder, IEnumerable<string> args, params (string Name, string Value)[] environment) =>
        StartCommand(folder, [.. host?.Enter ?? [], "dotnet", "exec", s_program, .. args], environment);

    /// <summary>Starts the studies instead.</summary>
    public static LossActorsProcess StartStudy(string folder, params string[] args) => StartCommand(folder, ["dotnet", "exec", s_studies, .. args], []);

    /// <summary>Starts it in a terminal of its own, of 40 lines and 120 columns, with all that it shows there in <see cref="Out"/>. Needs <c>script</c> of util-linux.</summary>
    public static LossActorsProcess StartInTerminal(string folder, params string[] args) =>
        StartCommand(folder, ["script", "-qec", $"stty rows 40 cols 120; exec dotnet exec '{s_program}' {string.Join(' ', args.Select(a => $"'{a}'"))}", "/dev/null"], [("TERM", "xterm-256color")]);

    private static string Built(string program) =>
        typeof(LossActorsProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == program).Value!;

    private static LossActorsProcess StartCommand(string folder, string[] command, (string Name, string Value)[] environment)
    {
        // setsid becomes env becomes dotnet (by way of nsenter on a host of its own), so the process id is that of the program, and what a terminal would signal is the group of that
        // number. A shell that starts these tests in the background has Ctrl+C ignored by all that they start, unless that is undone.
        var start = new ProcessStartInfo("setsid")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var arg in (string[])["env", "--default-signal=INT", .. command])
        {
            start.ArgumentList.Add(arg);
        }

        var mark = $"LOSSACTORS_PROCESS_TEST={Guid.NewGuid():N}";
        start.Environment[mark.Split('=')[0]] = mark.Split('=')[1];
        // State is looked for in the data folder.
        start.Environment.Remove("LOSSACTORS_DATABASE");
        start.Environment.Remove("LOSSACTORS_DATABASE_FILE");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new LossActorsProcess(Process.Start(start)!, mark);
    }

    /// <summary>The evaluator processes and whatever else it has started that lives, itself left out.</summary>
    public IReadOnlyList<OsProcess> Descendants()
    {
        var self = Os;
        return [.. OsProcess.Marked(Mark).Where(p => p != self)];
    }

    /// <summary>Waits for its end and for all that it printed.</summary>
    public async Task<int> ExitAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        await Task.WhenAll(Out.Ended, Error.Ended).WaitAsync(cancellation);
        return _process.ExitCode;
    }

    /// <summary>Ends it and everything it has started, at once.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        foreach (var process in OsProcess.Marked(Mark))
        {
            process.Send(Signal.Kill);
        }

        _process.WaitForExit(TimeSpan.FromSeconds(10));
        _process.Dispose();
    }
}
