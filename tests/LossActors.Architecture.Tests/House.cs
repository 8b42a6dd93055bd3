using System.Reflection;
using ArchUnitNET.Loader;

namespace LossActors.Architecture.Tests;

/// <summary>The product's assemblies, loaded once, and where their sources lie.</summary>
internal static class House
{
    public static readonly Assembly Expressions = typeof(LossActors.Expressions.Expression).Assembly;
    public static readonly Assembly Evolution = typeof(LossActors.Evolution.Islands.Island).Assembly;
    public static readonly Assembly Learning = typeof(LossActors.Learning.Protocols.EvaluationProtocol).Assembly;
    public static readonly Assembly Actors = typeof(LossActors.Actors.Experiments.Experiment).Assembly;
    public static readonly Assembly Cli = Assembly.Load("lossactors");

    public static readonly ArchUnitNET.Domain.Architecture Architecture =
        new ArchLoader().LoadAssemblies(Expressions, Evolution, Learning, Actors, Cli).Build();

    public static IEnumerable<string> References(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(reference => reference.Name!);

    public static IEnumerable<(string Path, string Text)> Sources(string project)
    {
        var folder = Path.Combine(Root, "src", project);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(path => (Path.GetRelativePath(Root, path), File.ReadAllText(path)));
    }

    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LossActors.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("LossActors.sln was not found above the tests.");
    }
}
