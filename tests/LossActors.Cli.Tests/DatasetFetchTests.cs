using LossActors.Learning.Tests.Datasets.Fetching;
using Xunit;

namespace LossActors.Cli.Tests;

public sealed class DatasetFetchTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lossactors-fetch");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task WhatCannotBeFetchedIsNamedWithWhatCan()
    {
        (await CliRun.Of("datasets", "fetch", "digits")).IsOneLine(ExitCode.Usage, "'digits' cannot be fetched; these can: cifar10, cifar100, fashion-mnist, kmnist, mnist, svhn");
        (await CliRun.Of("datasets", "fetch", "mnist", "--from", "ftp://example.org/")).IsOneLine(ExitCode.Usage, "expected an address such as https://");
        (await CliRun.Of("datasets", "fetch")).IsOneLine(ExitCode.Usage, "NAME");
    }

    [Fact]
    public async Task AServerThatHasNoSuchFileIsAnErrorOfOneLine()
    {
        using var server = new FileServer((_, _, _) => new Answer("404 Not Found", []));
        var run = await CliRun.Of("datasets", "fetch", "mnist", "--from", server.Address.AbsoluteUri, "--to", _folder.FullName);

        run.IsOneLine(ExitCode.Error, "train-images-idx3-ubyte.gz: the server answers 404 Not Found");
        Assert.Equal("/data/train-images-idx3-ubyte.gz", server.Requests.Single().Path);
    }

    [Fact]
    public async Task AnInterruptionSaysHowToGoOnAndLeavesWhatCame()
    {
        using var server = new FileServer((_, _, _) => new Answer("200 OK", new byte[9912422]) { CutAfter = 2_000_000, FallsSilent = true });
        using var interruption = new CancellationTokenSource();
        using var output = new StringWriter();
        using var error = new InterruptingWriter(interruption, "10 % of");
        var code = await CliRun.InvokeAsync(
            ["datasets", "fetch", "mnist", "--from", server.Address.AbsoluteUri, "--to", _folder.FullName], new CliEnvironment { Out = output, Error = error }, interruption.Token);

        Assert.Equal((130, ""), (code, output.ToString()));
        Assert.EndsWith("lossactors: interrupted; the same command goes on with what came", error.ToString().TrimEnd(), StringComparison.Ordinal);
        Assert.InRange(_folder.GetFiles("train-images-idx3-ubyte.gz.part").Single().Length, 991_243, 2_000_000);
    }

    [Fact]
    public async Task AFileOfTheRightLengthAndWrongContentIsRefusedAfterItsProgressWasShown()
    {
        using var server = new FileServer((_, _, _) => new Answer("200 OK", new byte[9912422]));
        var run = await CliRun.Of("datasets", "fetch", "mnist", "--from", server.Address.AbsoluteUri, "--to", _folder.FullName);

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Contains("train-images-idx3-ubyte.gz: 50 % of 9,912,422 bytes", run.Error, StringComparison.Ordinal);
        Assert.Contains("MD5 f68b3c2dcbeaaa9fbdd348bbdeb94873", run.Error.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.Empty(_folder.GetFiles());
    }
}
