namespace LossActors.ProcessTests.Machine;

/// <summary>What a process has printed so far on one stream, line by line, for whoever waits for a line.</summary>
internal sealed class Transcript
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _changed = New();
    private bool _ended;

    /// <summary>Follows a stream from now on.</summary>
    public Transcript(StreamReader stream) => Ended = FollowAsync(stream);

    /// <summary>Done when the stream has ended.</summary>
    public Task Ended { get; }

    /// <summary>All lines so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>All lines so far as one text.</summary>
    public string Text => string.Join('\n', Lines);

    /// <summary>Waits until the lines so far satisfy a condition.</summary>
    /// <returns>False if the stream ended before they did.</returns>
    public async Task<bool> UntilAsync(Func<IReadOnlyList<string>, bool> condition, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            bool ended;
            string[] lines;
            lock (_gate)
            {
                (changed, ended, lines) = (_changed.Task, _ended, [.. _lines]);
            }

            if (condition(lines))
            {
                return true;
            }

            if (ended)
            {
                return false;
            }

            await changed.WaitAsync(cancellation);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task FollowAsync(StreamReader stream)
    {
        while (await stream.ReadLineAsync() is { } line)
        {
            Change(() => _lines.Add(line));
        }

        Change(() => _ended = true);
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change();
            changed = _changed;
            _changed = New();
        }

        changed.SetResult();
    }
}
