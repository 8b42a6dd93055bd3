using System.Collections.Immutable;
using System.Globalization;
using LossActors.Actors.Experiments;
using LossActors.Expressions;
using LossActors.Expressions.Printing;

namespace LossActors.Actors.Runs;

/// <summary>What a user's change does to a search, or why it may not be.</summary>
internal static class Amendments
{
    /// <summary>What follows; null: it has followed already.</summary>
    /// <param name="state">The run.</param>
    /// <param name="request">What the asker knows the change by.</param>
    /// <param name="amendment">The change.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="AmendmentException">It may not be; the message says why.</exception>
    public static RunEvent? Decide(RunState state, string request, Amendment amendment, DateTimeOffset now)
    {
        if (state.Requests.Contains(request))
        {
            return null;
        }

        var phase = state.Phase == RunPhase.Paused ? state.Before : state.Phase;
        Require(phase == RunPhase.Running, "the search proposes no candidates any more");
        var number = state.Amendments + 1;
        if (amendment is Amendment.Inject inject)
        {
            var (island, loss) = Injection(state.Experiment, state.Injected, inject);
            return new RunEvent.Injected(now, number, request, $"inject {ExpressionFormatter.Infix(loss)} into island {Text(island)}", island, state.Injected[island].Length + 1, loss);
        }

        return new RunEvent.Amended(now, number, request, Describe(state.Experiment, amendment), Amend(state.Experiment, amendment).Search);
    }

    /// <summary>The island that is to begin beside one that does not improve, if there may be more; null: nothing follows, or it followed already.</summary>
    /// <param name="state">The run.</param>
    /// <param name="island">Which does not improve.</param>
    /// <param name="stagnations">How often it has said so.</param>
    /// <param name="now">The time.</param>
    public static RunEvent? Spawn(RunState state, int island, int stagnations, DateTimeOffset now)
    {
        var search = state.Experiment.Search;
        var request = $"stagnation {Text(stagnations)} of island {Text(island)}";
        var isWanted = stagnations > 0 && !state.Requests.Contains(request) && state.Phase == RunPhase.Running && search.Islands < Math.Min(search.MostIslands, LiveSettings.MostIslands);
        return !isWanted ? null : new RunEvent.Amended(
            now,
            state.Amendments + 1,
            request,
            $"add island {Text(search.Islands)}, for island {Text(island)} does not improve",
            LiveSettings.Add(state.Experiment, null, []).Search);
    }

    /// <summary>The experiment after a change of its settings or islands.</summary>
    /// <exception cref="AmendmentException">It may not be.</exception>
    public static Experiment Amend(Experiment experiment, Amendment amendment)
    {
        var search = experiment.Search;
        RequireChangeable(search);
        try
        {
            switch (amendment)
            {
                case Amendment.Change { Island: { } one } change:
                    RequireOpen(search, one);
                    return LiveSettings.Change(experiment, change.Settings, one);
                case Amendment.Change change:
                    return LiveSettings.Change(experiment, change.Settings, null);
                case Amendment.AddIsland add:
                    Require(add.CloneOf is not { } like || IsThere(search, like), $"there is no island {Text(add.CloneOf)} to be cloned; there are {Text(search.Islands)}, from 0");
                    return LiveSettings.Add(experiment, add.CloneOf, add.Settings);
                case Amendment.CloseIsland close:
                    RequireOpen(search, close.Island);
                    Require(search.Islands - search.Closed.Length > 1, "it is the last island; `lossactors stop` ends the run");
                    return LiveSettings.Close(experiment, close.Island);
                case Amendment.PauseIsland pause:
                    RequireOpen(search, pause.Island);
                    Require(!search.Paused.Contains(pause.Island), $"island {Text(pause.Island)} is paused already");
                    return LiveSettings.Pause(experiment, pause.Island, isPaused: true);
                case Amendment.ResumeIsland resume:
                    RequireOpen(search, resume.Island);
                    Require(search.Paused.Contains(resume.Island), $"island {Text(resume.Island)} is not paused");
                    return LiveSettings.Pause(experiment, resume.Island, isPaused: false);
                default:
                    throw new ArgumentException($"{amendment.GetType().Name} changes no settings.", nameof(amendment));
            }
        }
        catch (ExperimentException e)
        {
            throw new AmendmentException(e.Message, e);
        }
    }

    /// <summary>Into which island a loss is injected, and what it is.</summary>
    /// <param name="experiment">The search's.</param>
    /// <param name="injected">What each island has got so before; of islands beyond, nothing.</param>
    /// <param name="inject">What is asked.</param>
    /// <exception cref="AmendmentException">It may not be.</exception>
    public static (int Island, Expression Loss) Injection(Experiment experiment, ImmutableArray<ImmutableArray<Expression>> injected, Amendment.Inject inject)
    {
        var search = experiment.Search;
        RequireChangeable(search);
        var open = Enumerable.Range(0, search.Islands).Except(search.Closed).ToList();
        if (inject.Island is { } wanted)
        {
            RequireOpen(search, wanted);
        }

        var island = inject.Island ?? open.OrderBy(search.Paused.Contains).ThenBy(i => i < injected.Length ? injected[i].Length : 0).First();
        Expression loss;
        try
        {
            loss = Expression.Parse(inject.Expression);
        }
        catch (FormatException e)
        {
            throw new AmendmentException($"{Shown.Text(inject.Expression)}: {e.Message}", e);
        }

        var problem = WarmStartRules.Problem(loss, search.Alone(island));
        return problem is null ? (island, loss) : throw new AmendmentException($"{Shown.Text(inject.Expression)} {problem}");
    }

    private static string Describe(Experiment experiment, Amendment amendment) => amendment switch
    {
        Amendment.Change { Island: { } one } change => $"change {Settings(change.Settings)} on island {Text(one)}",
        Amendment.Change change => $"change {Settings(change.Settings)}",
        Amendment.AddIsland add => $"add island {Text(experiment.Search.Islands)}"
            + (add.CloneOf is { } like ? $", a clone of island {Text(like)}" : "")
            + (add.Settings.IsEmpty ? "" : $", with {Settings(add.Settings)}"),
        Amendment.CloseIsland close => $"close island {Text(close.Island)}",
        Amendment.PauseIsland pause => $"pause island {Text(pause.Island)}",
        Amendment.ResumeIsland resume => $"resume island {Text(resume.Island)}",
        _ => amendment.GetType().Name,
    };

    private static string Settings(ImmutableArray<ExperimentOverride> settings) => string.Join(", ", settings.Select(s => $"{s.Key} = {s.Value}"));

    private static void RequireChangeable(SearchSettings search)
    {
        Require(search.Method == SearchMethod.Evolution, "there are no islands in it; only a search by evolution can be changed while it goes on");
        Require(!search.Island.Strict, "it is strict: what it finds must not depend on when somebody tells it something");
    }

    private static void RequireOpen(SearchSettings search, int island)
    {
        Require(IsThere(search, island), $"there is no island {Text(island)}; there are {Text(search.Islands)}, from 0");
        Require(!search.Closed.Contains(island), $"island {Text(island)} is closed");
    }

    private static bool IsThere(SearchSettings search, int island) => island >= 0 && island < search.Islands;

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new AmendmentException(otherwise);
        }
    }

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
