using LossActors.Actors.Evaluators;
using LossActors.Cli.Hosting;
using Xunit;

namespace LossActors.Cli.Tests;

public sealed class EvaluatorCommandLineTests
{
    [Theory]
    [InlineData("/usr/bin/dotnet", "/app/lossactors.dll", "/usr/bin/dotnet", "exec /app/lossactors.dll")]
    [InlineData("/app/lossactors", "/app/lossactors.dll", "/app/lossactors", "")]
    [InlineData("/app/lossactors", "", "/app/lossactors", "")]
    public void TheProgramStartsItselfAgainAsItWasStarted(string process, string assembly, string file, string arguments)
    {
        var start = EvaluatorCommandLine.Self(process, assembly);
        Assert.Equal((file, arguments), (start.FileName, string.Join(' ', start.ArgumentList)));
    }

    [Fact]
    public void EvaluatorsDoNotInheritTheDatabasesPassword()
    {
        string[] variables = ["LOSSACTORS_DATABASE", "LOSSACTORS_DATABASE_FILE"];
        Array.ForEach(variables, name => Environment.SetEnvironmentVariable(name, "secret"));
        try
        {
            var start = EvaluatorCommandLine.For(new EvaluatorLaunch(0, "cpu", "127.0.0.1", 1), libTorch: null);
            Assert.All(variables, name => Assert.DoesNotContain(name, start.Environment.Keys));
        }
        finally
        {
            Array.ForEach(variables, name => Environment.SetEnvironmentVariable(name, null));
        }
    }

    [Fact]
    public void InsideAnotherProgramItIsStartedByTheDotnetHost()
    {
        var start = EvaluatorCommandLine.Self("/tests/LossActors.Cli.Tests", "/app/lossactors.dll");
        Assert.Equal("dotnet", Path.GetFileNameWithoutExtension(start.FileName));
        Assert.Equal(["exec", "/app/lossactors.dll"], start.ArgumentList);
    }
}
