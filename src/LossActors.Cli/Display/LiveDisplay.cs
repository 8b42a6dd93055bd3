using LossActors.Actors.Control;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace LossActors.Cli.Display;

/// <summary>
/// A view in the terminal that is drawn anew a few times per second. Spectre's live display deadlocks when several threads write, so everything is drawn by the one
/// thread that <see cref="IAnsiConsole"/>'s live context runs on; it takes its picture from what the owner left for it.
/// </summary>
internal sealed class LiveDisplay : IRunDisplay
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _drawing;
    private volatile IRenderable _picture = new Text("starting …");
    private string _notice = "";
    private long _last;

    /// <summary>Begins to draw.</summary>
    public LiveDisplay(IAnsiConsole console, TimeProvider time)
    {
        _console = console;
        _time = time;
        _drawing = _console.Live(_picture).AutoClear(true).StartAsync(DrawAsync);
    }

    /// <inheritdoc/>
    public void Show(RunView view, SearchProgress progress)
    {
        _notice = progress switch
        {
            SearchProgress.Trouble trouble => UserErrors.OneLine(trouble.Message),
            SearchProgress.StateChanged { Reason: { } reason } => UserErrors.OneLine(reason),
            _ => _notice,
        };
    }

    /// <inheritdoc/>
    public void Tick(RunView view)
    {
        if (_last == 0 || _time.GetElapsedTime(_last) >= s_interval)
        {
            _last = _time.GetTimestamp();
            _picture = RunPicture.Draw(view, _notice, _console.Profile.Width);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _drawing;
        _ended.Dispose();
    }

    private async Task DrawAsync(LiveDisplayContext context)
    {
        while (!_ended.IsCancellationRequested)
        {
            context.UpdateTarget(_picture);
            await Task.Delay(s_interval, _time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
