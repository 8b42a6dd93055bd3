using Xunit;

namespace LossActors.ProcessTests.Scenarios;

public sealed class MigrationTests : ProcessTest
{
    [Fact(Timeout = Deadline)]
    public async Task Every_island_accepts_migrants_from_its_neighbour_and_from_nobody_else()
    {
        using var search = StartSearch(["run", "digits", "--evaluations", "400", .. s_quick]);
        await CompletesAsync(search);

        var migrants = Record(search.Out.Lines[0]).Migrants();
        Note($"migrants: {string.Join(", ", migrants.Select(m => $"{m.From}→{m.To}: {m.Count}"))}");
        Assert.Equal([(3, 0), (0, 1), (1, 2), (2, 3)], migrants.Select(m => (m.From, m.To)));
    }
}
