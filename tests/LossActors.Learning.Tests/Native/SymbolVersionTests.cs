using CsCheck;
using LossActors.Learning.Native;
using Xunit;

namespace LossActors.Learning.Tests.Native;

public sealed class SymbolVersionTests
{
    private const string Marker = "_ZSt21ios_base_library_initv";
    private static readonly CxxRuntime s_old = new("/lib/libstdc++.so.6", new HashSet<string> { "GLIBCXX_3.4", "GLIBCXX_3.4.9", "GLIBCXX_3.4.30", "CXXABI_1.3" });

    [Fact]
    public void Needs_and_definitions_are_read_as_written()
    {
        var elf = new ElfObject(ElfBuilder.Build([("GLIBCXX_3.4.32", [Marker]), ("GLIBCXX_3.4", ["a", "b"])], ["libx.so", "X_1", "X_2"]));

        Assert.Equal([("libstdc++.so.6", "GLIBCXX_3.4.32", 2, false), ("libstdc++.so.6", "GLIBCXX_3.4", 3, false)], elf.Needs().Select(n => (n.Library, n.Version, n.Index, n.Weak)));
        Assert.Equal([Marker], elf.SymbolsOf(elf.Needs()[0])!);
        Assert.Equal(["a", "b"], elf.SymbolsOf(elf.Needs()[1])!);
        Assert.Equal(["libx.so", "X_1", "X_2"], elf.Definitions());
    }

    [Fact]
    public void A_missing_version_that_only_the_marker_asks_for_becomes_weak_and_nothing_else_changes()
    {
        var file = ElfBuilder.Build([("GLIBCXX_3.4", ["a"]), ("GLIBCXX_3.4.32", [Marker])]);
        var patched = SymbolVersionPatch.For(file, "libX.so", s_old)!;

        Assert.Equal([false, true], new ElfObject(patched).Needs().Select(n => n.Weak));
        Assert.Equal([false, false], new ElfObject(file).Needs().Select(n => n.Weak));
        Assert.Single(file.Zip(patched), p => p.First != p.Second);
        Assert.Null(SymbolVersionPatch.For(patched, "libX.so", s_old));
    }

    [Fact]
    public void Nothing_is_patched_where_the_runtime_defines_every_version() =>
        Assert.Null(SymbolVersionPatch.For(ElfBuilder.Build([("GLIBCXX_3.4.30", ["a"])]), "libX.so", s_old));

    [Fact]
    public void A_missing_version_of_a_symbol_that_is_called_is_refused_in_one_line()
    {
        var file = ElfBuilder.Build([("GLIBCXX_3.4.32", [Marker, "_ZNSt6called"])]);
        var error = Assert.Throws<EnvironmentException>(() => SymbolVersionPatch.For(file, "libX.so", s_old));

        Assert.Equal("libX.so needs GLIBCXX_3.4.32, but /lib/libstdc++.so.6 ends at GLIBCXX_3.4.30", error.Problem);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Damaged_objects_are_refused_and_never_read_out_of_bounds_or_forever()
    {
        var file = ElfBuilder.Build([("GLIBCXX_3.4", ["a"]), ("GLIBCXX_3.4.32", [Marker])], ["X_1"]);
        var damage = Gen.Select(Gen.Int[0, file.Length], Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte).Array[0, 12]);

        damage.Sample((length, changes) =>
        {
            var copy = file.ToArray();
            foreach (var (at, value) in changes)
            {
                copy[at] = value;
            }

            try
            {
                var elf = new ElfObject(copy[..length]);
                _ = elf.Definitions();
                _ = SymbolVersionPatch.For(copy[..length], "libX.so", s_old);
            }
            catch (Exception e) when (e is InvalidDataException or EnvironmentException)
            {
                // refused: all that is asked
            }
        });
    }

    [Fact]
    public void The_libstdcxx_of_this_process_is_found_with_its_versions()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libstdc++ is looked for on Linux only");
        var runtime = CxxRuntime.OfThisProcess();

        Assert.Contains("GLIBCXX_3.4", runtime.Versions);
        Assert.StartsWith("GLIBCXX_3.4.", runtime.Newest, StringComparison.Ordinal);
    }
}
