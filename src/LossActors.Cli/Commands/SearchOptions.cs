using System.CommandLine;
using LossActors.Actors.Experiments;
using LossActors.Cli.Hosting;

namespace LossActors.Cli.Commands;

/// <summary>Options that <c>run</c> and <c>resume</c> share: short names for keys of the experiment, and how to work.</summary>
internal sealed class SearchOptions
{
    private readonly Option<string[]> _set = new("--set") { Description = "Change one key of the experiment, such as search.islands=8. May be repeated.", HelpName = "KEY=VALUE" };

    // Each stands for a key of the experiment; the schema checks its value.
    private readonly (Option<string?> Option, string Key)[] _keys;

    public SearchOptions(params (Option<string?> Option, string Key)[] more) => _keys =
    [
        .. more,
        (new Option<string?>("--time") { Description = "Stop after so long.", HelpName = "10m" }, "search.time"),
        (new Option<string?>("--evaluations") { Description = "The budget: how many candidates get a verdict.", HelpName = "N" }, "search.evaluations"),
        (new Option<string?>("--evaluators") { Description = "Evaluator processes on this machine.", HelpName = "N" }, "evaluation.evaluators"),
    ];

    public Option<string> DataDir { get; } = CommonOptions.DataDir();

    public Option<bool> Json { get; } = new("--json") { Description = "Print the outcome as JSON." };

    public Option<string> Progress { get; } = CommonOptions.Progress();

    public Option<string> Host { get; } = new("--host") { Description = "Address on which nodes of other machines can join.", HelpName = "ADDRESS", DefaultValueFactory = _ => "127.0.0.1" };

    public Option<string> Port { get; } = new("--port") { Description = "Port on which nodes can join; default: any.", HelpName = "PORT", DefaultValueFactory = _ => "0" };

    public Option<string?> Tls { get; } = TlsOption.Create();

    public void AddTo(Command command)
    {
        command.Add(_set);
        foreach (var (option, _) in _keys)
        {
            command.Add(option);
        }

        foreach (var option in (Option[])[DataDir, Progress, Json, Host, Port, Tls])
        {
            command.Add(option);
        }
    }

    /// <summary>All changes to the experiment, short options after --set, so that they win.</summary>
    public IReadOnlyList<ExperimentOverride> Overrides(ParseResult parsed) =>
    [
        .. (parsed.GetValue(_set) ?? []).Select(ExperimentOverride.Parse),
        .. _keys.Where(k => parsed.GetValue(k.Option) is not null)
            .Select(k => new ExperimentOverride(k.Key, parsed.GetValue(k.Option)!, $"{k.Option.Name} {Shown.Bare(parsed.GetValue(k.Option)!)}")),
    ];

    /// <summary>The port.</summary>
    public int PortOf(ParseResult parsed) => PortOption.Of(parsed, Port);

    /// <summary>Whether stdout is for JSON: by --json, or because progress is written there as JSON.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(Json) || parsed.GetValue(Progress) == "json";
}
