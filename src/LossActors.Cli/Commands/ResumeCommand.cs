using System.CommandLine;
using LossActors.Actors.Control;
using LossActors.Actors.Experiments;
using LossActors.Actors.Record;
using LossActors.Actors.Runs;
using LossActors.Cli.Hosting;
using LossActors.Cli.Output;

namespace LossActors.Cli.Commands;

/// <summary><c>resume [RUN]</c>: goes on with an interrupted or paused run.</summary>
internal static class ResumeCommand
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public static Command Create(CliEnvironment environment)
    {
        var run = new Argument<string?>("RUN") { Arity = ArgumentArity.ZeroOrOne, Description = "A run's id, or the beginning of it; default: the latest." };
        var seed = new Option<string?>("--seed") { Description = "Must be the run's own.", HelpName = "N" };
        var options = new SearchOptions((seed, "search.seed"));
        var command = new Command("resume", "Goes on with an interrupted or paused run.") { run };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var database = DatabaseSetting.Of(environment, parsed.GetRequiredValue(options.DataDir));
            RunDetails details;
            using (var store = RunStore.Open(database, parsed.GetValue(run), out var id))
            {
                details = store.Reader.Show(id);
            }

            var changed = ExperimentReader.Change(details.Experiment, options.Overrides(parsed));
            var session = new RunSession(environment, new RunSessionOptions
            {
                Database = database,
                Run = details.Run,
                Experiment = changed,
                Resume = true,
                Progress = parsed.GetRequiredValue(options.Progress),
                Json = options.IsJson(parsed),
                Host = parsed.GetRequiredValue(options.Host),
                Port = options.PortOf(parsed),
                Tls = TlsOption.Read(environment, parsed.GetValue(options.Tls)),
            });

            if (details.State == "completed" && !ResumeCheck.Reopens(details, changed))
            {
                // Asking a finished run for another seed is still asking for another run. Its data is not needed any more.
                RequireSame(details, spendable: 0, changed);
                environment.Out.WriteLine(details.Run);
                return (int)session.Conclude(details.Run, details.State, details.Reason);
            }

            if (details.State == "completed" && !ResumeCheck.HasTime(details, changed))
            {
                throw new CliException(
                    $"{details.Run} has been at work for {Numbers.Clock(TimeSpan.FromSeconds(details.ElapsedSeconds))}, so its time limit of {Durations.Format(changed.Search.Time!.Value)} leaves no time for more evaluations; give a larger --time as well",
                    ExitCode.ResumeRefused);
            }

            if (details.State is "cancelled" or "failed")
            {
                throw new CliException($"{details.Run} is {details.State} and cannot be resumed; `lossactors show {details.Run}{database.Option}` shows what it found", ExitCode.ResumeRefused);
            }

            if (details.State == "paused" && database.IsOwned(details.Run))
            {
                // Its process is there and waits: it goes on as it is, and this shell need not.
                RequireSame(details, details.Budget, changed);
                if (changed.Search.Evaluations > details.Budget || changed.Search.Time != details.Experiment.Search.Time)
                {
                    throw new CliException($"{details.Run} waits in its own process, which keeps its budget; resume it as it is, or end that process first", ExitCode.Error);
                }

                var state = await new ControlClient(database, environment.Time).SendAsync(details.Run, ControlCommand.Resume, s_patience, cancellation);
                environment.Out.WriteLine(details.Run);
                environment.Error.WriteLine($"{details.Run} is {state} again in its own process; `lossactors watch {details.Run}{database.Option}` shows it");
                return (int)ExitCode.Done;
            }

            return (int)await session.WorkAsync(cancellation);
        });
        return command;
    }

    private static void RequireSame(RunDetails run, int spendable, Experiment changed)
    {
        var differences = ResumeCheck.Differences(run.Experiment, spendable, changed);
        if (!differences.IsEmpty)
        {
            throw new ResumeRefusedException(run.Run, differences);
        }
    }
}
