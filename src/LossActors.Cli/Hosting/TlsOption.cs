using System.CommandLine;
using LossActors.Actors.Hosting.Tls;
using LossActors.Cli.Output;

namespace LossActors.Cli.Hosting;

/// <summary><c>--tls FILE</c>, or the environment variable <c>LOSSACTORS_TLS</c>: the file that says who a node is and whom it lets in (hocon/tls.conf).</summary>
internal static class TlsOption
{
    /// <summary>The option's name.</summary>
    public const string Name = "--tls";

    /// <summary>Names the file where the option does not.</summary>
    public const string Variable = "LOSSACTORS_TLS";

    public static Option<string?> Create() => new(Name)
    {
        Description = $"Mutual TLS between the nodes, as this file says (see hocon/tls.conf); default: the file that {Variable} names, or none.",
        HelpName = "FILE",
    };

    /// <summary>What a command that is shown to somebody needs, after a space; empty without TLS.</summary>
    public static string Of(TlsIdentity? identity) => identity is null ? "" : $" {Name} {ShellText.Quoted(identity.Source)}";

    /// <summary>What the file says; null: none is named, no TLS.</summary>
    /// <exception cref="TlsException">It cannot be followed.</exception>
    public static TlsIdentity? Read(CliEnvironment environment, string? given) =>
        (given ?? environment.Variable(Variable)) is { Length: > 0 } file
            ? TlsIdentity.Read(file, environment.Variable(TlsIdentity.PasswordVariable), environment.Time.GetUtcNow())
            : null;
}
