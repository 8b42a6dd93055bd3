using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LossActors.Actors.Hosting;

/// <summary>
/// Ties this process to the one that started it. The parent holds the other end of our standard input; when it closes
/// (the system sees to that, even if the parent is killed) or our parent changes, this process has two seconds to live.
/// </summary>
internal sealed class LifeLine : IDisposable
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1.5);
    private readonly Action _cut;
    private readonly PosixSignalRegistration _interrupt;
    private int _isCut;

    /// <summary>Watches from now on.</summary>
    /// <param name="cut">Called once, to begin an orderly end.</param>
    public LifeLine(Action cut)
    {
        _cut = cut;
        // Ctrl+C reaches the whole process group; when to stop is the parent's decision.
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        new Thread(WatchInput) { IsBackground = true, Name = "life line" }.Start();
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        {
            new Thread(WatchParent) { IsBackground = true, Name = "life line parent" }.Start();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _interrupt.Dispose();

    private void WatchInput()
    {
        using var input = Console.OpenStandardInput();
        var buffer = new byte[64];
        try
        {
            while (input.Read(buffer) > 0)
            {
            }
        }
        catch (IOException)
        {
            // As good as its end.
        }

        Cut();
    }

    private void WatchParent()
    {
        var parent = ParentId();
        while (ParentId() == parent)
        {
            Thread.Sleep(500);
        }

        Cut();
    }

    private void Cut()
    {
        if (Interlocked.Exchange(ref _isCut, 1) != 0)
        {
            return;
        }

        _cut();
        Thread.Sleep(s_grace);
        // Native code, or a cluster that waits for a dead search node, must not keep us.
        Process.GetCurrentProcess().Kill();
    }

    [DllImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ParentId();
}
