using System.Text.Json.Nodes;
using Xunit;

namespace LossActors.ProcessTests.Machine;

/// <summary>What a command that ended by itself answered.</summary>
internal sealed record Answer(int ExitCode, string Out, string Error)
{
    /// <summary>What it printed, as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Out)!;

    /// <summary>Requires an exit code, saying all that was printed if it is another.</summary>
    public Answer Exits(int code)
    {
        Assert.True(ExitCode == code, $"exit code {ExitCode} instead of {code}\nstdout: {Out}\nstderr: {Error}");
        return this;
    }

    /// <summary>Requires nothing on stdout and one line on stderr with an exit code.</summary>
    public void IsOneLine(int code, string containing)
    {
        Exits(code);
        Assert.Equal("", Out);
        Assert.Contains(containing, Assert.Single(Error.Split('\n')), StringComparison.Ordinal);
    }
}
