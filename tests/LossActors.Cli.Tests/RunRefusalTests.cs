using Xunit;

namespace LossActors.Cli.Tests;

/// <summary>Whatever is wrong with a run is told in one line before anything is written.</summary>
public sealed class RunRefusalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lossactors-run");

    private string DataDir => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("no built-in experiment 'digit'; did you mean digits?", "digit")]
    [InlineData("no experiment file none.conf", "none.conf")]
    [InlineData("--set search.islnads=2: unknown key experiment.search.islnads; did you mean islands?", "--set", "search.islnads=2")]
    [InlineData("--set search.islands=x: experiment.search.islands must be a whole number", "--set", "search.islands=x")]
    [InlineData("no preset 'evomall'; did you mean evomal?", "--preset", "evomall")]
    [InlineData("--set 'search.islands': expected KEY=VALUE", "--set", "search.islands")]
    [InlineData("--seed -1: experiment.search.seed must be a whole number", "--seed", "-1")]
    [InlineData("--evaluations 0: experiment.search.evaluations must be", "--evaluations", "0")]
    [InlineData("--evaluators many: experiment.evaluation.evaluators must be", "--evaluators", "many")]
    [InlineData("--time soon: experiment.search.time must be a duration", "--time", "soon")]
    [InlineData("--name a b: experiment.name must be", "--name", "a b")]
    [InlineData("a strict search cannot have a time limit", "--strict", "--time", "10m")]
    [InlineData("--port '99999'", "--port", "99999")]
    [InlineData("--progress 'loud': expected auto, live, plain, json or none", "--progress", "loud")]
    [InlineData("unknown option '--sett'", "--sett", "a=b")]
    [InlineData("experiment.task.path is missing", "--set", "task.dataset=csv", "--set", "task.target=t")]
    [InlineData("/nowhere/data.csv", "--set", "task.dataset=csv", "--set", "task.target=t", "--set", "task.path=/nowhere/data.csv")]
    [InlineData("cannot read the TLS file /nowhere/tls.conf", "--tls", "/nowhere/tls.conf")]
    [InlineData("lenet5 needs images", "--set", "network.kind=lenet5")]
    [InlineData("Layer 2 of the network, dense 4, does not fit", "fashion-mnist", "--set", "network=[relu, \"dense 4\", relu]")]
    public async Task WrongUsageExitsWith2(string message, params string[] args) => await Refused(ExitCode.Usage, message, args);

    [Theory]
    [InlineData("experiment {", ":1: '{' is never closed")]
    [InlineData("experiment { search { islnads = 4 } }", ":1: unknown key experiment.search.islnads; did you mean islands?")]
    [InlineData("experiment { include \"x\" }", "include is not supported")]
    [InlineData("experiment { name = ${HOME} }", "substitutions")]
    [InlineData("\u0001\u0002\u0003", "control character")]
    [InlineData("PK\u0003\u0004", "control character")]
    [InlineData("", "has no block experiment")]
    public async Task ABrokenExperimentExitsWith2(string text, string message)
    {
        var file = Path.Combine(_folder.FullName, "broken.conf");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        await Refused(ExitCode.Usage, message, file);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n", "price")]
    [InlineData("", "data.csv")]
    [InlineData("price\n1\n", "data.csv")]
    [InlineData("a,price\n1,2,3\n", "data.csv")]
    [InlineData("a,price\nx,1\ny,2\n", "data.csv")]
    public async Task MalformedDataExitsWith2(string csv, string message)
    {
        var file = Path.Combine(_folder.FullName, "data.csv");
        await File.WriteAllTextAsync(file, csv, TestContext.Current.CancellationToken);
        await Refused(ExitCode.Usage, message, "csv", "--set", $"task.path={file}", "--set", "task.target=price");
    }

    [Theory]
    [InlineData("cuda:99", "--set", "evaluation.devices=[cuda:99]")]
    [InlineData("cuda:99", "--set", "evaluation.device=cuda:99")]
    public async Task ADeviceThatIsNotThereExitsWith5(string message, params string[] args) => await Refused(ExitCode.Environment, message, args);

    [Fact]
    public async Task DataThatIsAFolderExitsWith2() =>
        await Refused(ExitCode.Usage, "this is a folder; name a file in it", "csv", "--set", $"task.path={_folder.FullName}", "--set", "task.target=price");

    [Theory]
    [InlineData("run")]
    [InlineData("runs")]
    [InlineData("resume")]
    [InlineData("show", "x")]
    [InlineData("report", "x")]
    public async Task ADataFolderThatIsAFileExitsWith5AndStaysAsItIs(params string[] args)
    {
        await File.WriteAllTextAsync(DataDir, "mine", TestContext.Current.CancellationToken);
        (await CliRun.Of([.. args, "--data-dir", DataDir])).IsOneLine(ExitCode.Environment, "is a file; name a folder");
        Assert.Equal("mine", await File.ReadAllTextAsync(DataDir, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("''", "export", "", "--to", "json")]
    [InlineData("is a folder", "export", "/", "--to", "json")]
    [InlineData("is a folder", "test", "/")]
    [InlineData("is a folder", "verify", "/")]
    [InlineData("no such file", "verify", "/nowhere/golden.jsonl")]
    public async Task WhatIsNeitherALossNorVectorsExitsWith2(string message, params string[] args) =>
        (await CliRun.Of([.. args, "--data-dir", DataDir])).IsOneLine(ExitCode.Usage, message);

    [Fact]
    public async Task ABusyPortExitsWith5()
    {
        using var busy = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        busy.Start();
        var port = ((System.Net.IPEndPoint)busy.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await Refused(ExitCode.Environment, $"port {port} of 127.0.0.1 is in use", "--port", port);
    }

    [Theory]
    [InlineData("resume")]
    [InlineData("resume", "nope")]
    [InlineData("watch", "nope")]
    [InlineData("pause", "nope")]
    [InlineData("stop", "nope")]
    [InlineData("cancel", "nope")]
    [InlineData("report", "nope")]
    [InlineData("verify", "nope")]
    [InlineData("export", "nope#2", "--to", "python")]
    public async Task AnUnknownRunExitsWith2(params string[] args)
    {
        (await CliRun.Of([.. args, "--data-dir", DataDir])).IsOneLine(ExitCode.Usage, "lossactors run");
        Assert.False(Directory.Exists(DataDir));
    }

    [Theory]
    [InlineData("must be PostgreSQL", "--role", "search", "--join", "127.0.0.1:1")]
    [InlineData("--device: does not go with --role search", "--role", "search", "--join", "127.0.0.1:1", "--device", "cpu")]
    [InlineData("--run: does not go with --role evaluator", "--role", "evaluator", "--join", "127.0.0.1:1", "--run", "r1")]
    [InlineData("expected HOST:PORT", "--role", "search", "--join", "127.0.0.1:1,elsewhere")]
    [InlineData("--port '70000': expected a number from 0 to 65535", "--role", "evaluator", "--join", "127.0.0.1:1", "--port", "70000")]
    [InlineData("--role 'cook'", "--role", "cook", "--join", "127.0.0.1:1")]
    [InlineData("--join 'here': expected HOST:PORT", "--role", "evaluator", "--join", "here")]
    [InlineData("--join '127.0.0.1:0'", "--role", "evaluator", "--join", "127.0.0.1:0")]
    [InlineData("no experiment file x.conf", "--role", "evaluator", "--join", "127.0.0.1:1", "--config", "x.conf")]
    public async Task ANodeThatCannotBeExitsWith2(string message, params string[] args) =>
        (await CliRun.Of(["node", .. args])).IsOneLine(ExitCode.Usage, message);

    [Fact]
    public async Task ANodeThatReachesNobodyExitsWith5() =>
        (await CliRun.Of("node", "--role", "evaluator", "--join", "127.0.0.1:1")).IsOneLine(ExitCode.Environment, "no search node answers at 127.0.0.1:1");

    private async Task Refused(ExitCode code, string message, params string[] args)
    {
        (await CliRun.Of(["run", .. args, "--data-dir", DataDir])).IsOneLine(code, message);
        Assert.False(Directory.Exists(DataDir));
    }
}
