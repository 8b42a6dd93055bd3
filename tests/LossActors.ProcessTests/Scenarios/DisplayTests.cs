using System.Text.RegularExpressions;
using LossActors.ProcessTests.Machine;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>What a person sees of a search in a terminal.</summary>
public sealed class DisplayTests : ProcessTest
{
    [Fact(Timeout = Deadline)]
    public async Task A_terminal_shows_progress_while_it_lasts_and_the_hall_of_fame_at_the_end()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "needs script (Debian: bsdutils)");
        var search = Started(LossActorsProcess.StartInTerminal(Folder, ["run", "digits", "--evaluations", "150", "--data-dir", "my data", .. s_quick]));
        Assert.True(await search.ExitAsync(Stop) == 0, search.Out.Text);

        var shown = search.Out.Text;
        Assert.Matches("━+.*─+.* [1-9][0-9]*/150 ", shown);
        Assert.Contains("evaluators busy", shown, StringComparison.Ordinal);
        var last = shown[shown.LastIndexOf('\e')..];
        Assert.Contains("cross-entropy, learning rate", last, StringComparison.Ordinal);
        Assert.Contains("a report with plots: lossactors report ", last, StringComparison.Ordinal);
        Assert.Contains("--data-dir 'my data'", last, StringComparison.Ordinal);
        Assert.Equal("completed", Record(Regex.Match(search.Out.Lines[0], @"[0-9]{8}-[0-9]{6}-digits-\w+").Value, "my data").State());
    }
}
