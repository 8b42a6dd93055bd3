using System.CommandLine;
using System.CommandLine.Parsing;
using LossActors.Actors.Experiments;
using LossActors.Cli.Commands;

namespace LossActors.Cli;

/// <summary>The command line as a function: arguments in, exit code out. <c>Program</c> and the tests call it.</summary>
public static class LossActorsCli
{
    /// <summary>Runs one command.</summary>
    /// <param name="args">As given after the program's name.</param>
    /// <param name="environment">Where output goes and signals come from.</param>
    /// <param name="cancellation">Ends the command as Ctrl+C does.</param>
    /// <returns>The exit code; see <see cref="ExitCode"/>.</returns>
    public static async Task<int> InvokeAsync(IReadOnlyList<string> args, CliEnvironment environment, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(environment);
        var root = CreateRoot(environment);

        // No response files and no bundling: "@x" and "-0.5,1" are values.
        var parsed = root.Parse(args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (OptionTakenForArgument(parsed) is { } option)
        {
            environment.Error.WriteLine($"lossactors: {Unexpected(option, parsed.CommandResult.Command)}; see `lossactors {Trail(parsed)}--help`");
            return (int)ExitCode.Usage;
        }

        if (parsed.Errors.Count > 0)
        {
            return Refuse(parsed, environment);
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = environment.Out,
                Error = environment.Error,
                EnableDefaultExceptionHandler = false,

                // Null: signals are handled here, where a run can be saved first.
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (Exception e)
        {
            var (code, line) = UserErrors.Explain(e);
            environment.Error.WriteLine($"lossactors: {line}");
            return (int)code;
        }
        finally
        {
            await environment.Out.FlushAsync(CancellationToken.None);
            await environment.Error.FlushAsync(CancellationToken.None);
        }
    }

    private static RootCommand CreateRoot(CliEnvironment environment)
    {
        var root = new RootCommand("Discovers loss functions: symbolic losses evolve on islands, networks are trained under them, the best are refined by meta-gradients.");
        foreach (var command in CommandList.All(environment))
        {
            root.Add(command);
        }

        return root;
    }

    private static int Refuse(ParseResult parsed, CliEnvironment environment)
    {
        var what = parsed.UnmatchedTokens is [var given, ..]
            ? Unexpected(given, parsed.CommandResult.Command)
            : parsed.CommandResult.Command is RootCommand
                ? "no command given"
                : UserErrors.OneLine(parsed.Errors[0].Message).TrimEnd('.');
        environment.Error.WriteLine($"lossactors: {what}; see `lossactors {Trail(parsed)}--help`");
        return (int)ExitCode.Usage;
    }

    private static string Unexpected(string given, Command command)
    {
        var isOption = given.StartsWith('-');
        var kind = isOption ? "option" : command is RootCommand ? "command" : "argument";
        var near = isOption
            ? Nearest.To(given.Split('=')[0], command.Options.Select(o => o.Name))
            : Nearest.To(given, command.Subcommands.Select(c => c.Name));
        return $"unknown {kind} {Shown.Text(given)}" + (near is null ? "" : $", did you mean {near}?");
    }

    // An option that no command knows is taken for an argument's value; no argument's value looks like one.
    private static string? OptionTakenForArgument(ParseResult parsed) =>
        parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(a => a.Tokens)
            .Select(t => t.Value)
            .FirstOrDefault(v => v.Length > 2 && v.StartsWith("--", StringComparison.Ordinal) && char.IsAsciiLetter(v[2]));

    // "show " for the command show, "datasets fetch " for a command of a command, "" for the root.
    private static string Trail(ParseResult parsed)
    {
        var trail = "";
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult { Command: not RootCommand } command; result = command.Parent)
        {
            trail = $"{command.Command.Name} {trail}";
        }

        return trail;
    }
}
