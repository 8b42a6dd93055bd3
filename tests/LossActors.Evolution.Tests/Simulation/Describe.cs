using System.Globalization;
using System.Text;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;
using LossActors.Expressions;

namespace LossActors.Evolution.Tests.Simulation;

/// <summary>Exact text of events and states, to compare them by.</summary>
internal static class Describe
{
    /// <summary>What an island decided, without when it was told what.</summary>
    public static string Decisions(IEnumerable<IslandEvent> journal) => string.Join(
        '\n', journal.Where(e => e is not (IslandEvent.Found or IslandEvent.BudgetGranted)).Select(Event));

    public static string Event(IslandEvent happened) => happened switch
    {
        IslandEvent.Proposed e => $"proposed {e.Birth} {e.Origin} [{string.Join(' ', e.Parents)}] {Text(e.Expression)} {string.Join(' ', e.Rungs)}",
        IslandEvent.Judged { Judgement: var j } =>
            $"judged {j.Candidate} {j.Verdict} {Text(j.Fitness)} [{string.Join(' ', j.Replicates.Select(Text))}] {j.TrainedSteps} "
            + $"{j.SameAs} {Text(j.Seconds)} {Text(j.SavedSeconds)} {j.Reason} {j.StoppedAt} {j.SavedSteps}",
        IslandEvent.Emigrated e => $"emigrated {e.Epoch} {Members(e.Migrants)}",
        IslandEvent.MigrantsAdmitted e => $"admitted {e.Epoch} from {e.From} at {e.AtBirth} {Members(e.Accepted)}",
        IslandEvent.Found e => $"found {e.Birth} {e.Stage} {e.Finding}",
        _ => happened.ToString(),
    };

    /// <summary>All that can be seen of a state.</summary>
    public static string State(IslandState state)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{state.Budget} proposed {state.Proposed} judged {state.Judged} epoch {state.Epoch}");
        text.AppendLine(CultureInfo.InvariantCulture, $"{string.Join(' ', state.Verdicts)} {string.Join(' ', state.SavedSeconds)} {Text(state.Seconds)}");
        text.AppendLine(Members(state.Population)).AppendLine(Members(state.Offspring));
        text.AppendLine(state.Best is { } best ? Members([best]) : "none");
        text.AppendLine(string.Join(' ', Island.Outstanding(state).Select(a => $"{a.Candidate} {a.Stage} {Text(a.Expression)}")));
        text.AppendLine(CultureInfo.InvariantCulture, $"{Island.GrantNeeded(state)} {string.Join(' ', Island.PullsNeeded(state))} {state.IsFinished}");
        text.AppendLine(Members(state.RefinementQueue)).AppendLine(Members(state.Immigrants));
        return text.ToString();
    }

    public static string Text(Expression expression) => string.Join(' ', expression.Select(n => $"{n.Primitive}*{Text(n.Coefficient)}"));

    private static string Members(IEnumerable<Individual> members) =>
        string.Join("; ", members.Select(m => $"{m.Id} {Text(m.Fitness)} {m.StoppedAt} {Text(m.Expression)}"));

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
