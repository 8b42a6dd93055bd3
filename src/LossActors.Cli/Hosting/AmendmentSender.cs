using System.CommandLine;
using LossActors.Actors.Control;
using LossActors.Actors.Record;
using LossActors.Actors.Runs;
using LossActors.Cli.Commands;
using LossActors.Cli.Output;

namespace LossActors.Cli.Hosting;

/// <summary>What commands that change a search while it goes on have in common: the run, where it is, and how the change is told.</summary>
internal sealed class AmendmentSender(CliEnvironment environment)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<string> _dataDir = CommonOptions.DataDir();
    private readonly Option<bool> _json = CommonOptions.Json();

    /// <summary>A command that makes a change.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="arguments">What it takes besides the run.</param>
    /// <param name="options">Its own options.</param>
    /// <param name="amendment">The change that is asked for, of a run as it is.</param>
    public Command Create(string name, string description, IEnumerable<Argument> arguments, IEnumerable<Option> options, Func<ParseResult, RunDetails, Amendment> amendment)
    {
        var command = new Command(name, description) { _run };
        foreach (var argument in arguments)
        {
            command.Add(argument);
        }

        foreach (var option in options.Append(_dataDir).Append(_json))
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            var database = DatabaseSetting.Of(environment, parsed.GetRequiredValue(_dataDir));
            RunDetails run;
            using (var store = RunStore.Open(database, parsed.GetRequiredValue(_run), out var id))
            {
                run = store.Reader.Show(id);
            }

            var made = await new ControlClient(database, environment.Time).AmendAsync(run.Run, amendment(parsed, run), s_patience, cancellation);
            if (parsed.GetValue(_json))
            {
                var json = RunJson.Amendment(made);
                json.Insert(0, "run", run.Run);
                JsonOutput.WriteDocument(environment.Out, json);
            }
            else
            {
                environment.Out.WriteLine(Numbers.Text($"{run.Run}: change {made.Number}: {made.Description}"));
            }

            return (int)ExitCode.Done;
        });
        return command;
    }
}
