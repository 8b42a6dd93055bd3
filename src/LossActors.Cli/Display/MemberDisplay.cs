using LossActors.Actors.Control;

namespace LossActors.Cli.Display;

/// <summary>What a further search node says of the run, which it hears of only while it has it: that it came, where it stands, and what goes wrong.</summary>
internal sealed class MemberDisplay(TextWriter output) : IRunDisplay
{
    /// <inheritdoc/>
    public void Show(RunView view, SearchProgress progress)
    {
        switch (progress)
        {
            case SearchProgress.StateChanged changed:
                Write($"{view.Run} is here now, and is {changed.State}{(changed.Reason is null ? "" : $": {changed.Reason}")}");
                break;
            case SearchProgress.Trouble trouble:
                Write($"trouble: {trouble.Message}");
                break;
        }
    }

    /// <inheritdoc/>
    public void Tick(RunView view)
    {
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Write(string line) => output.WriteLine(UserErrors.OneLine(line));
}
