namespace LossActors.Cli.Tests;

/// <summary>What one call of the command line did.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    /// <summary>Calls it in this process.</summary>
    public static Task<CliRun> Of(params string[] args) => With([], args);

    /// <summary>Calls it in this process with environment variables.</summary>
    public static async Task<CliRun> With(Dictionary<string, string> variables, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new CliEnvironment { Out = output, Error = error, Variable = name => variables.GetValueOrDefault(name) };
        var code = await InvokeAsync(args, environment, Xunit.TestContext.Current.CancellationToken);
        return new CliRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Calls it outside of xunit's synchronization context, whose few threads other tests may occupy.</summary>
    public static Task<int> InvokeAsync(string[] args, CliEnvironment environment, CancellationToken cancellation) =>
        Task.Run(() => LossActorsCli.InvokeAsync(args, environment, cancellation), cancellation);

    /// <summary>Requires nothing on stdout, one line on stderr, and an exit code.</summary>
    public void IsOneLine(ExitCode code, string containing)
    {
        Xunit.Assert.Equal("", Out);
        Xunit.Assert.Contains(containing, Error, StringComparison.Ordinal);
        Xunit.Assert.StartsWith("lossactors: ", Error, StringComparison.Ordinal);
        Xunit.Assert.Equal(Error.TrimEnd('\r', '\n') + Environment.NewLine, Error);
        Xunit.Assert.DoesNotContain('\n', Error.TrimEnd('\r', '\n'));
        Xunit.Assert.Equal((int)code, ExitCode);
    }
}
