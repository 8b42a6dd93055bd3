using System.Runtime.InteropServices;

namespace LossActors.Cli.Hosting;

/// <summary>Ctrl+C and SIGTERM: the first asks to save and stop, the second ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly CliEnvironment _environment;
    private readonly PosixSignalRegistration[] _registrations;
    private int _count;

    /// <summary>Listens from now on, if the process's signals are the command's.</summary>
    public StopSignals(CliEnvironment environment, CancellationToken cancellation)
    {
        _environment = environment;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _registrations = environment.OwnsSignals
            ? [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(s => PosixSignalRegistration.Create(s, Handle))]
            : [];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>The exit code that says which signal it was.</summary>
    public ExitCode ExitCode { get; private set; } = ExitCode.Interrupted;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _stop.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) == 1)
        {
            ExitCode = context.Signal == PosixSignal.SIGINT ? ExitCode.Interrupted : ExitCode.Terminated;
            _stop.Cancel();
            return;
        }

        // Everything acknowledged is on disk already: the run can be resumed.
        _environment.Error.WriteLine("lossactors: stopped at once");
        Environment.Exit((int)ExitCode);
    }
}
