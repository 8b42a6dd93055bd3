using System.Diagnostics;
using System.Text;

namespace LossActors.Actors.Evaluators;

/// <summary>
/// A process that cannot outlive this one: it reads from a pipe whose other end only we hold, and exits when that closes,
/// which the system does for us however we die.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly Lock _writing = new();

    private ChildProcess(Process process, StreamWriter log)
    {
        (_process, _log) = (process, log);
        Pid = process.Id;
    }

    public int Pid { get; }

    /// <summary>Starts it; <paramref name="exited"/> is called once, on some thread, with process id and exit code.</summary>
    public static ChildProcess Start(ProcessStartInfo start, string logFile, Action<int, int> exited)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.Exited += (_, _) => Announce(process, exited);
        var stream = new FileStream(logFile, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        var log = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        try
        {
            process.Start();
        }
        catch
        {
            log.Dispose();
            process.Dispose();
            throw;
        }

        var child = new ChildProcess(process, log);
        process.OutputDataReceived += child.Write;
        process.ErrorDataReceived += child.Write;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    private static void Announce(Process process, Action<int, int> exited)
    {
        try
        {
            exited(process.Id, process.ExitCode);
        }
        catch (InvalidOperationException)
        {
            // Disposed of at this very moment: nobody asks any more.
        }
    }

    /// <summary>Cuts the life line: the process ends within two seconds.</summary>
    public void Release()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is already gone, and the pipe with it.
        }
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It is already gone.
        }
    }

    /// <summary>Waits for its end; false if it takes longer.</summary>
    public bool WaitForExit(TimeSpan limit) => _process.WaitForExit(limit);

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Dispose();
        lock (_writing)
        {
            _log.Dispose();
        }
    }

    private void Write(object sender, DataReceivedEventArgs line)
    {
        lock (_writing)
        {
            if (line.Data is not null && _log.BaseStream is not null)
            {
                _log.WriteLine(line.Data);
            }
        }
    }
}
