using Akka.Configuration;
using CsCheck;
using LossActors.Actors.Experiments;
using LossActors.Actors.Experiments.Hocon;
using Xunit;

namespace LossActors.Actors.Tests.Experiments;

public sealed class HoconParserTests
{
    private static readonly string[] s_pieces =
        ["experiment", "{", "}", "[", "]", "\"", "=", ":", ",", "\n", "#", "//", ".", "search", "1", "\\", "${", "\"\"\"", "include", " ", "\0", "é"];

    [Theory]
    [InlineData("experiment {", 1, "never closed")]
    [InlineData("experiment {\n search {\n }\n", 1, "never closed")]
    [InlineData("a = 1\n}", 2, "without a '{'")]
    [InlineData("{ a = 1 }\n }", 2, "a brace too many")]
    [InlineData("a = \"open\nb = 1", 1, "open quote")]
    [InlineData("a = \"\"\"open\n\n", 1, "open quote")]
    [InlineData("a = [1, 2\n", 1, "never closed")]
    [InlineData("a = 1]", 1, "expected a comma")]
    [InlineData("\ninclude \"other.conf\"", 2, "include is not supported")]
    [InlineData("include file(\"x\")", 1, "include is not supported")]
    [InlineData("a = ${HOME}", 1, "substitutions")]
    [InlineData("a = b ${c}", 1, "substitutions")]
    [InlineData("a = 1 b = 2", 1, "without quotes")]
    [InlineData("a { b = 1 } c = 2", 1, "expected a comma")]
    [InlineData("a += 1", 1, "'+='")]
    [InlineData("a", 1, "expected '='")]
    [InlineData("a\n= 1", 1, "end of the line")]
    [InlineData("= 1", 1, "expected a key")]
    [InlineData("a. = 1", 1, "expected a key")]
    [InlineData("a = ", 1, "missing")]
    [InlineData("a = , b = 1", 1, "missing")]
    [InlineData("a = \"x\" y", 1, "after a closing quote")]
    [InlineData("a = \"\\q\"", 1, "escape")]
    [InlineData("a = \"\\u12", 1, "escape")]
    [InlineData("device = cuda:0", 1, "double quotes")]
    public void BrokenTextIsRefusedWithItsLine(string text, int line, string problem)
    {
        var e = Assert.Throws<HoconException>(() => HoconParser.ParseFile(text));
        Assert.Equal(line, e.Line);
        Assert.Contains(problem, e.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void NestingBeyondAllUseIsRefusedInsteadOfOverflowingTheStack()
    {
        Assert.Throws<HoconException>(() => HoconParser.ParseFile(string.Concat(Enumerable.Repeat("a{", 100_000))));
        Assert.Throws<HoconException>(() => HoconParser.ParseFile("a=" + new string('[', 100_000)));
        Assert.Throws<HoconException>(() => HoconParser.ParseFile(string.Join('.', Enumerable.Repeat("a", 100_000)) + " = 1"));
    }

    [Fact]
    public void LaterValuesWinAndBlocksMerge()
    {
        var root = HoconParser.ParseFile("a { b = 1, c = 2 }\na.b = 3\na { d.e = 4 }");
        var a = Assert.IsType<HoconObject>(root.Fields["a"]);
        Assert.Equal("3", Assert.IsType<HoconScalar>(a.Fields["b"]).Text);
        Assert.Equal("2", Assert.IsType<HoconScalar>(a.Fields["c"]).Text);
        Assert.Equal("4", Assert.IsType<HoconScalar>(Assert.IsType<HoconObject>(a.Fields["d"]).Fields["e"]).Text);
    }

    [Fact]
    public void TheWholeFileMayStandInBraces() =>
        Assert.Equal("1", Assert.IsType<HoconScalar>(HoconParser.ParseFile("# c\n{ \"a\" : 1 } // end").Fields["a"]).Text);

    [Fact]
    public void AValueFromTheCommandLineMayHoldColonsWithoutQuotes()
    {
        var list = Assert.IsType<HoconList>(HoconParser.ParseValue("[cuda:0, cpu]"));
        Assert.Equal(["cuda:0", "cpu"], list.Items.Select(i => ((HoconScalar)i).Text));
    }

    [Fact]
    public void WhatIsWellFormedReadsAsAkkaReadsIt()
    {
        foreach (var entry in ExperimentCatalog.All.Concat(ExperimentCatalog.Presets))
        {
            var theirs = ConfigurationFactory.ParseString(entry.Text);
            Compare(HoconParser.ParseFile(entry.Text), "", theirs);
        }

        static void Compare(HoconObject ours, string prefix, Config theirs)
        {
            foreach (var (key, value) in ours.Fields)
            {
                var path = prefix + key;
                switch (value)
                {
                    case HoconObject block: Compare(block, path + ".", theirs); break;
                    case HoconList list: Assert.Equal(theirs.GetStringList(path), list.Items.Select(i => ((HoconScalar)i).Text)); break;
                    case HoconScalar scalar: Assert.Equal(theirs.GetString(path), scalar.Text); break;
                }
            }
        }
    }

    [Fact]
    public void AnyTextEndsInATreeOrOneError() =>
        Gen.OneOf(Gen.Int[0, s_pieces.Length - 1].Select(i => s_pieces[i]), Gen.String[0, 3])
            .Array[0, 40].Select(string.Concat)
            .Sample(text =>
            {
                try
                {
                    HoconParser.ParseFile(text);
                }
                catch (HoconException e)
                {
                    Assert.DoesNotContain('\n', e.Problem);
                }
            });
}
