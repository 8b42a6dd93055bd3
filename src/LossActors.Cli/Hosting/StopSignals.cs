using System.Runtime.InteropServices;

namespace LossActors.Cli.Hosting;

/// <summary>Ctrl+C and SIGTERM: the first asks to save and stop, the second ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    // One Ctrl+C may arrive twice: `timeout` and some shells signal both the process and its group.
    private static readonly TimeSpan s_sameSignal = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop;
    private readonly CliEnvironment _environment;
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Lock _gate = new();
    private long? _first;

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

    /// <summary>Waits for the first signal or for some work, whichever is sooner.</summary>
    public async Task OrAsync(Task work)
    {
        var asked = new TaskCompletionSource();
        await using (Token.Register(asked.SetResult))
        {
            await Task.WhenAny(work, asked.Task);
        }
    }

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
        lock (_gate)
        {
            if (_first is not { } first)
            {
                _first = _environment.Time.GetTimestamp();
                ExitCode = context.Signal == PosixSignal.SIGINT ? ExitCode.Interrupted : ExitCode.Terminated;
                _stop.Cancel();
                return;
            }

            if (_environment.Time.GetElapsedTime(first) < s_sameSignal)
            {
                return;
            }
        }

        // Everything acknowledged is on disk already: the run can be resumed.
        _environment.Error.WriteLine("lossactors: stopped at once");
        Environment.Exit((int)ExitCode);
    }
}
