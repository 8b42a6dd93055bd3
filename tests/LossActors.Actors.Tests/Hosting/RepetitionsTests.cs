using LossActors.Actors.Hosting;
using Xunit;

namespace LossActors.Actors.Tests.Hosting;

public sealed class RepetitionsTests
{
    [Fact]
    public void TheFirstTheTenthAndTheHundredthTimeAreSaid()
    {
        var repetitions = new Repetitions();

        var notes = Enumerable.Range(1, 1000).Select(i => repetitions.Count($"127.0.0.1:{i} is not let in")).ToList();

        Assert.Equal([1, 10, 100, 1000], Enumerable.Range(1, 1000).Where(i => notes[i - 1] is not null));
        Assert.Equal(("", " (for the 10th time)", " (for the 1,000th time)"), (notes[0], notes[9], notes[999]));
    }

    [Fact]
    public void BytesInHexadecimalAreNumbersAndOtherWordsAreNot()
    {
        var repetitions = new Repetitions();

        Assert.Equal("", repetitions.Count("not a record: 3232302072656164792c2077"));
        Assert.Null(repetitions.Count("not a record: ffaabb2072656164792c20aa"));
        Assert.Equal("", repetitions.Count("no record: ffaabb2072656164792c20aa"));
        Assert.Equal("", repetitions.Count("TLS handshake failed on channel [127.0.0.1:35974](Id=5dc78099)"));
        Assert.Null(repetitions.Count("TLS handshake failed on channel [127.0.0.1:35990](Id=4f839b0a)"));
    }

    [Fact]
    public void ManyKindsAreForgottenAndNotKeptForEver()
    {
        var repetitions = new Repetitions();
        for (var i = 0; i < 5000; i++)
        {
            Assert.Equal("", repetitions.Count(new string('x', i + 1)));
        }
    }
}
