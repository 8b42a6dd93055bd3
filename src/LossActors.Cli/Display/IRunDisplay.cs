using LossActors.Actors.Control;

namespace LossActors.Cli.Display;

/// <summary>Shows a run's progress. Called by one owner, who alone may write to the console meanwhile.</summary>
internal interface IRunDisplay : IAsyncDisposable
{
    /// <summary>Something happened; the view has it already.</summary>
    void Show(RunView view, SearchProgress progress);

    /// <summary>Time passed.</summary>
    void Tick(RunView view);
}
