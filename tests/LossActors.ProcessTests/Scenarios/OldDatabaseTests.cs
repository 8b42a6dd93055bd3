using System.IO.Compression;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>Data folders that earlier versions left: runs of two islands over 200 evaluations, killed at 41 (schema version 1, strict), 68 (version 7, strict: migrants, stagnation) and 78
/// (version 8: a third island that was cloned, other settings and a loss while it went on).</summary>
public sealed class OldDatabaseTests : ProcessTest
{
    [Theory(Timeout = Deadline)]
    [InlineData("database-1", "20261123-205521-old-adac")]
    [InlineData("database-7", "20261128-075629-old-e166")]
    [InlineData("database-8", "20261128-174555-old-180a")]
    public async Task A_run_that_an_earlier_version_recorded_goes_on_and_ends(string database, string run)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "data"));
        using (var old = new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Golden", $"{database}.db.gz")), CompressionMode.Decompress))
        using (var copy = File.Create(Path.Combine(Folder, "data", "lossactors.db")))
        {
            await old.CopyToAsync(copy, Stop);
        }

        using var search = StartSearch(["resume", run]);
        await CompletesAsync(search);

        Record(run).IsCompletedOnce(200);
        await VerifiesAsync(run);
    }
}
