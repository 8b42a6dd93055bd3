using System.IO.Compression;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>A data folder that an earlier version left: a strict run of two islands, killed at 41 of 200 evaluations.</summary>
public sealed class OldDatabaseTests : ProcessTest
{
    private const string Run = "20261123-205521-old-adac";

    [Fact(Timeout = Deadline)]
    public async Task A_run_that_the_first_schema_version_recorded_goes_on_and_ends()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "data"));
        using (var old = new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Golden", "database-1.db.gz")), CompressionMode.Decompress))
        using (var copy = File.Create(Path.Combine(Folder, "data", "lossactors.db")))
        {
            await old.CopyToAsync(copy, Stop);
        }

        using var search = StartSearch(["resume", Run]);
        await CompletesAsync(search);

        Record(Run).IsCompletedOnce(200);
        await VerifiesAsync(Run);
    }
}
