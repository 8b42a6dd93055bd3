using System.Collections.Immutable;

namespace LossActors.Studies.Table;

/// <summary>A method of the results table: a preset of the program, with settings of its own over it.</summary>
/// <param name="Name">Names its cells.</param>
/// <param name="Preset">The program's preset.</param>
internal sealed record TableMethod(string Name, string Preset)
{
    // Never reached: such a search ends by its training steps.
    private const string NoLimit = "search.evaluations=1000000";

    /// <summary>The task loss at its best learning rate: nothing is searched for, so once is enough.</summary>
    public static TableMethod Baseline { get; } = new("baseline", "baseline") { MostSearches = 1 };

    /// <summary>The paper's.</summary>
    public static TableMethod Paper { get; } = new("evomal", "evomal");

    // What runs when a search is stopped is finished, refinements too: sixty thousand steps more were seen, where the whole search takes about a million.
    private const double NearlyHalf = 0.42;

    /// <summary>The project's own, at no more than half the paper's training steps.</summary>
    public static TableMethod Own { get; } = new("lossactors", "lossactors") { Steps = new(Paper.Name, NearlyHalf), Settings = [NoLimit], UnrollsTrainings = true };

    /// <summary>The control: random trees through the same gates, at the training steps of the project's own.</summary>
    public static TableMethod Random { get; } = new("random", "lossactors") { Steps = new(Own.Name, 1), Settings = [NoLimit, "search.random=true"], UnrollsTrainings = true };

    /// <summary>All of them; one whose training steps are a share of another's comes after that.</summary>
    public static ImmutableArray<TableMethod> All { get; } = [Baseline, new("gp", "gp"), new("ml3", "ml3"), Paper, Own, Random];

    /// <summary>Those that learn, the control left out.</summary>
    public static ImmutableArray<TableMethod> Learned { get; } = [.. All.Where(method => method != Baseline && method != Random)];

    /// <summary><c>KEY=VALUE</c>, over the preset.</summary>
    public ImmutableArray<string> Settings { get; init; } = [];

    /// <summary>The same on a task, with those that the task asks for.</summary>
    public IEnumerable<string> SettingsOn(TableTask task) => UnrollsTrainings ? Settings.Concat(task.ShortUnrolls) : Settings;

    /// <summary>More independent searches than this make no sense.</summary>
    public int MostSearches { get; init; } = int.MaxValue;

    /// <summary>Whether it tunes coefficients through whole trainings.</summary>
    public bool UnrollsTrainings { get; init; }

    /// <summary>When a search ends, if not by the preset's budget: at a share of the training steps that another method's search of the same seed took.</summary>
    public (string Method, double Share)? Steps { get; init; }
}
