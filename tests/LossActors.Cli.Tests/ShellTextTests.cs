using LossActors.Cli.Output;
using Xunit;

namespace LossActors.Cli.Tests;

public sealed class ShellTextTests
{
    [Theory]
    [InlineData("runs", "runs")]
    [InlineData("/tmp/my-runs_2.d", "/tmp/my-runs_2.d")]
    [InlineData("my runs", "'my runs'")]
    [InlineData("", "''")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("a\"$b`", "'a\"$b`'")]
    [InlineData("a\\b", "'a\\b'")]
    public void AnArgumentIsOneArgumentForAPosixShell(string argument, string quoted)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows shells quote differently.");
        Assert.Equal(quoted, ShellText.Quoted(argument));
    }
}
