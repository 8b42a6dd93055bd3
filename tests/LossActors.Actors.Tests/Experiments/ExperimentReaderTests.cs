using System.Text;
using CsCheck;
using LossActors.Actors.Experiments;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Actors.Tests.Experiments;

public sealed class ExperimentReaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lossactors-experiments");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void EntriesOfABareListMayHoldWhatWouldBeACommentInAFile()
    {
        var experiment = ExperimentReader.Read("digits", [], [ExperimentOverride.Parse("search.warm-start.runs=20260102-a#2, 20260103-b")]);
        Assert.Equal(["20260102-a#2", "20260103-b"], experiment.Search.WarmStart.Runs);
    }

    [Fact]
    public void EveryBuiltInExperimentButTheTemplateReads()
    {
        Assert.Equal(["digits", "breast-cancer", "cifar10", "csv", "diabetes", "fashion-mnist", "fashion-mnist-lenet5"], ExperimentCatalog.All.Select(e => e.Name));
        Assert.All(ExperimentCatalog.All, e => Assert.Equal(e.Name, ExperimentReader.Read(e.Name).Name));
        Assert.All(ExperimentCatalog.All, e => Assert.True(e.Summary.Length > 20));
    }

    [Fact]
    public void TheDefaultExperimentSpellsOutTheDefaultsAndItsOwnSettings()
    {
        var defaults = new Experiment
        {
            Name = "digits",
            Protocol = new()
            {
                Training = new() { Steps = 150, LearningRate = 0.1 },
                Refinement = new()
                {
                    Steps = 6,
                    InnerSteps = 150,
                    LearningRate = 0.05,
                    OuterBatchSize = 1000,
                    Objective = RefinementObjective.CalibratedTaskLoss,
                    Checkpoints = 3,
                    CheckpointReplicates = 4,
                },
                Replicates = 2,
            },
            Search = new() { Evaluations = 1000, Island = new() { Population = 20, EliteFraction = 0.35, Racing = new() { Enabled = true, ReductionFactor = 3 } } },
        };
        Assert.Equal(ExperimentWriter.ToJson(defaults), ExperimentWriter.ToJson(ExperimentReader.Read("digits")));
    }

    [Theory]
    [InlineData("search { islnads = 4 }", "unknown key experiment.search.islnads; did you mean islands?")]
    [InlineData("serch { islands = 4 }", "unknown key experiment.serch; did you mean search?")]
    [InlineData("islands = 4", "unknown key experiment.islands; did you mean experiment.search.islands?")]
    [InlineData("search { islands = many }", "experiment.search.islands must be a whole number from 1 to 1024, not 'many'")]
    [InlineData("search { islands = 0 }", "experiment.search.islands must be a whole number from 1 to 1024, not '0'")]
    [InlineData("search { islands = 2.5 }", "experiment.search.islands must be a whole number from 1 to 1024, not '2.5'")]
    [InlineData("search { islands = \"4\" }", "experiment.search.islands must be a whole number from 1 to 1024, not the text '4'")]
    [InlineData("search { islands = [4] }", "experiment.search.islands must be a whole number from 1 to 1024, not '[4]'")]
    [InlineData("search { islands { a = 1 } }", "experiment.search.islands must be a whole number from 1 to 1024, not a block { … }")]
    [InlineData("search = 4", "experiment.search is a block of settings: write search { … }")]
    [InlineData("search { topology = line }", "experiment.search.topology must be one of ring, unconnected, torus, fully-connected, star, small-world, graph, not 'line'")]
    [InlineData("training { learning-rate = 0 }", "experiment.training.learning-rate must be a number above 0 to 1000, not '0'")]
    [InlineData("training { learning-rate = NaN }", "not 'NaN'")]
    [InlineData("training { nesterov = maybe }", "experiment.training.nesterov must be true or false, not 'maybe'")]
    [InlineData("evaluation { timeout = 10 }", "experiment.evaluation.timeout must be a duration such as 90s, 10m or 1h, not '10'")]
    [InlineData("evaluation { timeout = 99999999999999999999h }", "must be a duration")]
    [InlineData("evaluation { devices = [gpu] }", "each cpu or \"cuda:N\", not '[gpu]'")]
    [InlineData("task { split = [0.5, 0.2, 0.2] }", "experiment.task.split must sum to 1, not 0.9")]
    [InlineData("task { dataset = irises }", "experiment.task.dataset must be one of digits,")]
    [InlineData("task { dataset = csv, target = t }", "experiment.task.path is missing")]
    [InlineData("task { dataset = csv, path = p }", "experiment.task.target is missing")]
    [InlineData("task { target = t }", "experiment.task.target is for dataset = csv")]
    [InlineData("task { dataset = npz }", "experiment.task.path is missing: dataset = npz needs the file's path")]
    [InlineData("task { dataset = cifar10, coarse-labels = true }", "experiment.task.coarse-labels is for dataset = cifar100")]
    [InlineData("task { augmentation { flip = true } }", "experiment.task.augmentation varies images, but digits has none")]
    [InlineData("task { augmentation { crop = -1 } }", "experiment.task.augmentation.crop must be a whole number from 0 to 512")]
    [InlineData("task { resize = 32 }", "experiment.task.resize is for dataset = images")]
    [InlineData("task { arrays { inputs = x } }", "experiment.task.arrays is for dataset = npz")]
    [InlineData("task { path = x }", "experiment.task.path is set, but digits is built in")]
    [InlineData("network { kind = lenet5 }", "lenet5 needs images")]
    [InlineData("network { kind = resnet18 }", "resnet18 needs images")]
    [InlineData("network { kind = resnet19 }", "experiment.network.kind must be one of linear, mlp, lenet5, alexnet,")]
    [InlineData("network { kind = layers }", "experiment.network.layers: a list has 1 to 200 layers, not 0")]
    [InlineData("network = mlp", "experiment.network is a block of settings: write network { … }")]
    [InlineData("training = [1]", "experiment.training is a block of settings: write training { … }")]
    [InlineData("network = [relu, [tanh]]", "experiment.network.layers must be a list [ … ] of 0 to 200 values, each a layer such as")]
    [InlineData("network = [dense 5, gelu 3]", "my.conf:2: experiment.network.layers: layer 2 is unknown: gelu 3; known are convolution,")]
    [InlineData("refinement { clip = -1 }", "experiment.refinement.clip must be a number from 0 to 1000000, not '-1'")]
    [InlineData("refinement { inheritance = weismannian }", "experiment.refinement.inheritance must be one of lamarckian, baldwinian, not 'weismannian'")]
    [InlineData("training { momentum = 0 }", "needs a momentum above 0")]
    [InlineData("training { milestones = [500] }", "must lie before the last of the 500 steps")]
    [InlineData("training { milestones = [20, 10] }", "must rise")]
    [InlineData("training { horizons = [0.5, 50] }", "experiment.training.horizons must rise")]
    [InlineData("training { horizons = [0.5, 500] }", "experiment.training.horizons must lie before the last of the 500 steps")]
    [InlineData("training { horizons = [10.5] }", "experiment.training.horizons holds 10.5, which is neither")]
    [InlineData("search { population = 1 }", "from 2 to")]
    [InlineData("search { population = 3 }", "experiment.search.tournament (4) must not exceed population (3)")]
    [InlineData("search { initial-population = 60, evaluations = 1000 }", "experiment.search.initial-population (60 on each of 4 islands) leaves nothing to evolve of 1000 evaluations")]
    [InlineData("search { initial-population = 5, schedule = generational }", "experiment.search.initial-population needs schedule = steady-state")]
    [InlineData("search { variation { reproduction = 0.1 } }", "needs schedule = generational")]
    [InlineData("search { method = ml4 }", "experiment.search.method must be one of evolution, ml3, baseline, not 'ml4'")]
    [InlineData("search { warm-start { losses = [cross-entropie] } }", "each one of cross-entropy, squared-error,")]
    [InlineData("search { warm-start { expressions = [\"y + + f\"] } }", "experiment.search.warm-start.expressions: 'y + + f': ")]
    [InlineData("search { warm-start { expressions = [\"log(f)\"] } }", "experiment.search.warm-start.expressions: 'log(f)' is no loss: it needs both y and f")]
    [InlineData("search { warm-start { expressions = [\"y + (f - f)\"] } }", "'y + (f - f)' is no loss: it simplifies to y")]
    [InlineData("search { max-height = 4, warm-start { expressions = [\"tanh(log(tanh(square(y - f))))\"] } }", "is 5 high, above experiment.search.max-height (4)")]
    [InlineData("search { primitives = [y, f, mul], warm-start { expressions = [\"y * log(f)\"] } }", "uses log, which experiment.search.primitives leaves out")]
    [InlineData("search { strict = true, time = 10m }", "a strict search cannot have a time limit")]
    [InlineData("search { evaluations = 3 }", "at least one per island (4)")]
    [InlineData("search { primitives = [y, f, log] }", "one of add, sub, mul, div")]
    [InlineData("search { primitives = [y, add, log] }", "must hold y and f")]
    [InlineData("search { min-initial-height = 5 }", "must not exceed max-initial-height (4)")]
    [InlineData("name = \"a b\"", "experiment.name must be")]
    public void WhatIsWrongIsNamed(string inside, string message)
    {
        var e = Assert.Throws<ExperimentException>(() => ExperimentReader.Parse($"experiment {{\n{inside}\n}}", "my.conf"));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.StartsWith("my.conf:", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Theory]
    [InlineData("network = [convolution 4 3x3 padding 1, \"batch-normalisation\"\n relu\n dropout 0.5]")]
    [InlineData("network { kind = linear, layers = [convolution 4 3x3 padding 1, batch-normalisation, relu, dropout 0.5] }")]
    public void ANetworkCanBeGivenLayerByLayer(string network)
    {
        var experiment = ExperimentReader.Parse($"experiment {{ {network} }}");

        Assert.Equal("layers", experiment.Protocol.Network.Kind);
        Assert.Equal(["convolution 4 3x3 padding 1", "batch-normalisation", "relu", "dropout 0.5"], experiment.Protocol.Network.Layers);
        foreach (var written in (string[])[ExperimentWriter.ToJson(experiment), ExperimentWriter.ToHocon(experiment)])
        {
            Assert.Equal(ExperimentWriter.ToJson(experiment), ExperimentWriter.ToJson(ExperimentReader.Parse(written)));
        }

        var other = ExperimentReader.Change(experiment, [ExperimentOverride.Parse("network.kind=mlp")]);
        Assert.Empty(other.Protocol.Network.Layers);
        Assert.Equal(["relu"], ExperimentReader.Change(other, [ExperimentOverride.Parse("network=[relu]")]).Protocol.Network.Layers);
    }

    [Theory]
    [InlineData("", "has no block experiment")]
    [InlineData("search { islands = 2 }", "did you mean experiment.search?")]
    [InlineData("akka { loglevel = OFF }", "unknown key 'akka'")]
    [InlineData("experiment = 3", "write experiment { … }")]
    public void TheOutermostBlockMustBeExperiment(string text, string message) =>
        Assert.Contains(message, Assert.Throws<ExperimentException>(() => ExperimentReader.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void ErrorsNameTheFileAndTheLine()
    {
        var path = Write("my.conf", "experiment {\n\n  search { islnads = 4 }\n}");
        var e = Assert.Throws<ExperimentException>(() => ExperimentReader.Read(path));
        Assert.Equal($"{path}:3: unknown key experiment.search.islnads; did you mean islands?", e.Message);
    }

    [Fact]
    public void SettingsThatDoNotGoTogetherAreFoundInTheirFile()
    {
        var path = Write("my.conf", "experiment {\n\n  training { momentum = 0,\n nesterov = true }\n}");
        Assert.StartsWith($"{path}:4: experiment.training.nesterov = true needs", Assert.Throws<ExperimentException>(() => ExperimentReader.Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("search.islands=2")]
    [InlineData("experiment.search.islands=2")]
    [InlineData("search.islands = 2")]
    public void OverridesTakeTheKeyWithAndWithoutTheRoot(string text) =>
        Assert.Equal(2, ExperimentReader.Read("digits", ExperimentOverride.Parse(text)).Search.Islands);

    [Fact]
    public void OverridesTakeListsTextAndColonsWithoutQuotes()
    {
        var experiment = ExperimentReader.Read(
            "digits",
            new[] { "evaluation.devices=[cuda:0]", "network.hidden=10,20", "task.split=[0.5,0.25,0.25]", "search.time=90s", "name=\"x.y\"" }.Select(ExperimentOverride.Parse));
        Assert.Equal(["cuda:0"], experiment.Evaluation.Devices);
        Assert.Equal([10, 20], experiment.Protocol.Network.Hidden);
        Assert.Equal([0.5, 0.25, 0.25], experiment.Protocol.Task.Split);
        Assert.Equal(TimeSpan.FromSeconds(90), experiment.Search.Time);
        Assert.Equal("x.y", experiment.Name);
    }

    [Theory]
    [InlineData("search.islands", "expected KEY=VALUE")]
    [InlineData("=2", "expected KEY=VALUE")]
    [InlineData("search.islnads=2", "--set search.islnads=2: unknown key experiment.search.islnads; did you mean islands?")]
    [InlineData("search=2", "is a block of settings")]
    [InlineData("search.islands=", "not ''")]
    [InlineData("network.hidden=[1", "never closed")]
    public void WrongOverridesAreNamedAsGiven(string text, string message) =>
        Assert.Contains(
            message,
            Assert.Throws<ExperimentException>(() => ExperimentReader.Read("digits", ExperimentOverride.Parse(text))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void PathsAreRelativeToTheExperimentsFile()
    {
        var path = Write("csv.conf", "experiment { task { dataset = csv, path = data.csv, target = t } }");
        Assert.Equal(Path.Combine(_folder.FullName, "data.csv"), ExperimentReader.Read(path).Protocol.Task.Path);
    }

    [Fact]
    public void AFileIsNamedAfterItselfUnlessItNamesItself()
    {
        Assert.Equal("my-search", ExperimentReader.Read(Write("my search.conf", "experiment {}")).Name);
        Assert.Equal("other", ExperimentReader.Read(Write("x.conf", "experiment { name = other }")).Name);
    }

    [Theory]
    [InlineData("digit", "did you mean digits?")]
    [InlineData("zzz", "there are digits,")]
    [InlineData("none/here.conf", "no experiment file none/here.conf")]
    [InlineData("/", "is a folder")]
    [InlineData("a\nb.conf", "no experiment file a\\u000ab.conf")]
    public void AnUnknownNameOrPathIsOneLine(string nameOrPath, string message)
    {
        var e = Assert.Throws<ExperimentException>(() => ExperimentReader.Read(nameOrPath));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void WhatIsNoTextIsRefusedBeforeItIsParsed()
    {
        Assert.Contains("not UTF-8", ReadBytes([0x65, 0xFF, 0xFE]), StringComparison.Ordinal);
        Assert.Contains("control character '\\u0000'", ReadBytes("experiment {\n\0}"u8), StringComparison.Ordinal);
        Assert.Contains(":2:", ReadBytes("experiment {\n\0}"u8), StringComparison.Ordinal);
        Assert.Contains("larger than 1 MiB", ReadBytes(new byte[(1 << 20) + 1]), StringComparison.Ordinal);
    }

    [Fact]
    public void RandomBytesEndInOneLine() =>
        Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            try
            {
                ExperimentReader.Parse(ExperimentFile.Decode(bytes, "x"), "x");
                Assert.Fail("random bytes were an experiment");
            }
            catch (ExperimentException e)
            {
                Assert.DoesNotContain(e.Message, char.IsControl);
            }
        });

    [Fact]
    public void DamagedExperimentsReadOrEndInOneLine()
    {
        var digits = Encoding.UTF8.GetBytes(ExperimentCatalog.Find("digits")!.Text);
        Gen.Select(Gen.Int[0, digits.Length - 1], Gen.Byte, Gen.Int[0, 50]).Array[1, 4].Sample(damages =>
        {
            var bytes = digits.ToList();
            foreach (var (at, value, cut) in damages)
            {
                bytes[Math.Min(at, bytes.Count - 1)] = value;
                bytes.RemoveRange(Math.Min(at, bytes.Count - 1), Math.Min(cut, bytes.Count - 1 - Math.Min(at, bytes.Count - 1)));
            }

            try
            {
                ExperimentReader.Parse(ExperimentFile.Decode(bytes.ToArray(), "x"), "x");
            }
            catch (ExperimentException e)
            {
                Assert.DoesNotContain(e.Message, char.IsControl);
            }
        });
    }

    [Fact]
    public void TheStoredFormReadsBackAsTheSameExperiment()
    {
        var experiment = ExperimentReader.Read(
            "digits",
            new[]
            {
                "search.strict=true", "search.seed=18446744073709551615", "search.variation.hoist=0.123456789012345", "refinement.policy=all",
                "training.milestones=[3, 5]", "task.limit=100", "search.schedule=generational", "evaluation.libtorch=/opt/a \"b\"", "evaluation.timeout=1500ms",
                "task.missing=impute", "training.precision=double",
            }.Select(ExperimentOverride.Parse));
        var json = ExperimentWriter.ToJson(experiment);
        var back = ExperimentReader.Parse(json);

        Assert.Equal(json, ExperimentWriter.ToJson(back));
        Assert.Equal(ulong.MaxValue, back.Search.Island.Seed);
        Assert.True(back.Search.Island.Strict);
        Assert.Equal(0.123456789012345, back.Search.Island.Variation[Origin.Hoist]);
        Assert.Equal(RefinementPolicy.All, back.Search.Island.Refinement);
        Assert.Equal(Schedule.Generational, back.Search.Island.Schedule);
        Assert.Equal([3, 5], back.Protocol.Training.Milestones);
        Assert.Equal(100, back.Protocol.Task.Limit);
        Assert.Equal(MissingValues.Impute, back.Protocol.Task.Missing);
        Assert.True(back.Protocol.DoublePrecision);
        Assert.Equal("/opt/a \"b\"", back.Evaluation.LibTorch);
        Assert.Equal(TimeSpan.FromSeconds(1.5), back.Evaluation.Timeout);
    }

    [Fact]
    public void TheResolvedFileReadsBackAsTheSameExperiment() =>
        Assert.All(ExperimentCatalog.All.Concat(ExperimentCatalog.Presets), entry =>
        {
            var experiment = ExperimentReader.Read(entry.Name);
            Assert.Equal(ExperimentWriter.ToJson(experiment), ExperimentWriter.ToJson(ExperimentReader.Parse(ExperimentWriter.ToHocon(experiment))));
        });

    [Fact]
    public void TheManualNamesEveryKeyOnceWithRangeDefaultAndMeaning()
    {
        var manual = ExperimentWriter.Manual();
        Assert.Equal(manual.Length, manual.Select(k => k.Path).Distinct().Count());
        Assert.All(manual, k => Assert.True(k.Allowed.Length > 5 && k.Doc.EndsWith('.')));
        Assert.Contains(manual, k => k is { Path: "experiment.search.islands", Default: "4" });
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string ReadBytes(ReadOnlySpan<byte> bytes)
    {
        var path = Path.Combine(_folder.FullName, "bytes.conf");
        File.WriteAllBytes(path, bytes);
        return Assert.Throws<ExperimentException>(() => ExperimentReader.Read(path)).Message;
    }
}
