using LossActors.Actors.Control;
using LossActors.Cli.Output;

namespace LossActors.Cli.Display;

/// <summary>Lines of text, where there is no terminal: a status line now and then, and what a reader of a log would want to know.</summary>
internal sealed class PlainDisplay(TextWriter output, TimeProvider time) : IRunDisplay
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    private long _last = time.GetTimestamp();
    private string _state = "";

    /// <inheritdoc/>
    public void Show(RunView view, SearchProgress progress)
    {
        switch (progress)
        {
            case SearchProgress.CandidateJudged when view.NewBest is { } candidate:
                Write(view, $"new best {Numbers.Short(candidate.Fitness)}{view.OnIsland(candidate.Island)} by {candidate.Id} ({candidate.Origin}): {LossText.Short(LossText.Of(candidate))}");
                break;
            case SearchProgress.StateChanged changed when changed.State != _state:
                _state = changed.State;
                Write(view, changed.Reason is null ? changed.State : $"{changed.State}: {changed.Reason}");
                break;
            case SearchProgress.Amended amended:
                Write(view, $"a user made change {amended.Number}: {amended.Description}");
                break;
            case SearchProgress.Trouble trouble:
                Write(view, $"trouble: {UserErrors.OneLine(trouble.Message)}");
                break;
            case SearchProgress.FinalistMeasured measured:
                Write(view, $"finalist {measured.Candidate}: {Numbers.Short(measured.Fitness)} on fresh networks");
                break;
        }
    }

    /// <inheritdoc/>
    public void Tick(RunView view)
    {
        if (time.GetElapsedTime(_last) < s_interval)
        {
            return;
        }

        _last = time.GetTimestamp();
        Write(view, Status(view));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Status(RunView view) => Numbers.Text(
        $"{view.Evaluations}/{view.Budget} evaluations ({view.Rate:0.0}/s{(view.Left is { } left ? $", {Numbers.Clock(left)} left" : "")}), {view.Trained} trained, best {Best(view)}, baseline {Numbers.Short(view.Baseline)}, gates saved {Numbers.Clock(TimeSpan.FromSeconds(view.SavedSeconds))}{Slots(view)}");

    private static string Best(RunView view) =>
        view.Best.Any() ? string.Join(" and ", view.Best.Select(best => $"{Numbers.Short(best.Fitness)}{view.On(best.Tasks)}")) : Numbers.Short((double?)null);

    private static string Slots(RunView view) => view.Workforce is { } workforce
        ? Numbers.Text($", {workforce.Slots.Count(s => s.State == "busy")} of {workforce.Slots.Count} evaluators busy")
        : "";

    private void Write(RunView view, string line) => output.WriteLine($"[{Numbers.Clock(view.Elapsed)}] {line}");
}
