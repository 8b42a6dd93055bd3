using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace LossActors.ProcessTests.Machine;

/// <summary>A process as Linux shows it in /proc, known by its id alone.</summary>
internal readonly record struct OsProcess(int Pid)
{
    private const int NoSuchProcess = 3;

    /// <summary>Every living process whose environment holds a mark, which children inherit.</summary>
    public static IReadOnlyList<OsProcess> Marked(string mark) =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0 && pid != Environment.ProcessId)
            .Select(pid => new OsProcess(pid))
            .Where(process => process.Bears(mark) && process.IsAlive)];

    /// <summary>Neither gone nor a zombie that nobody has buried yet.</summary>
    public bool IsAlive => State is not (null or 'Z' or 'X');

    /// <summary>Resident memory in KiB; null when it is gone.</summary>
    public long? ResidentKib =>
        Read("status") is { } status && status.Split('\n').FirstOrDefault(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)) is { } line
            ? long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture)
            : null;

    /// <summary>Its command line, for messages.</summary>
    public string CommandLine => Read("cmdline")?.Replace('\0', ' ').Trim() ?? "";

    private char? State => Read("stat") is { } stat && stat.LastIndexOf(')') is > 0 and var end ? stat[end + 2] : null;

    /// <summary>Whether its environment holds the mark.</summary>
    public bool Bears(string mark) => Read("environ")?.Contains(mark, StringComparison.Ordinal) == true;

    /// <summary>Sends a signal; false if the process is gone.</summary>
    public bool Send(Signal signal) => Send(Pid, signal);

    /// <summary>Sends a signal to the whole group that this process leads, as a terminal does.</summary>
    public bool SendToGroup(Signal signal) => Send(-Pid, signal);

    private static bool Send(int target, Signal signal) =>
        Kill(target, (int)signal) == 0
        || (Marshal.GetLastPInvokeError() == NoSuchProcess ? false : throw new InvalidOperationException($"kill({target}, {signal}) failed"));

    private string? Read(string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{Pid}/{file}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int pid, int signal);
}
