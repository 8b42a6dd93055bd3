using LossActors.Actors.Control;

namespace LossActors.Cli.Display;

/// <summary>Shows nothing.</summary>
internal sealed class NoDisplay : IRunDisplay
{
    /// <inheritdoc/>
    public void Show(RunView view, SearchProgress progress)
    {
    }

    /// <inheritdoc/>
    public void Tick(RunView view)
    {
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
