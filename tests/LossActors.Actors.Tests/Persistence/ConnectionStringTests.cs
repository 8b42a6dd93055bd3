using LossActors.Actors.Persistence;
using Xunit;

namespace LossActors.Actors.Tests.Persistence;

public sealed class ConnectionStringTests
{
    [Theory]
    [InlineData("postgresql://me:geheim@db/runs", "is a URI")]
    [InlineData("geheim", "is no connection string")]
    [InlineData("Host=db;Database=runs;Password=ge;heim", "is no connection string")]
    [InlineData("Host=db;Database=runs;Port=geheim", "is no connection string")]
    [InlineData("Host=db;Database=runs;Pasword=geheim", "is no connection string")]
    [InlineData("Database=runs;Password=geheim", "names no Host")]
    [InlineData("Host=db;Password=geheim", "names no Database")]
    public void AMalformedOneIsRefusedWithoutSayingWhatIsInIt(string text, string expected)
    {
        var refused = Assert.Throws<FormatException>(() => new PostgresDatabase(new DataFolder("data"), text));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("heim", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void NothingThatIsShownHoldsThePassword()
    {
        var database = new PostgresDatabase(new DataFolder("data"), "Host=db;Port=7;Database=runs;Username=me;Password=geheim");

        Assert.Equal("database runs on db:7", database.Name);
        Assert.DoesNotContain("geheim", database.Place + database.Absence + database.Option + PersistenceConfig.For(database.Plugin).ToString(), StringComparison.Ordinal);
    }
}
