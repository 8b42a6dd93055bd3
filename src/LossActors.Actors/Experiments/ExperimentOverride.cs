namespace LossActors.Actors.Experiments;

/// <summary>One setting given beside the file, which wins over it.</summary>
/// <param name="Key">The key, with or without <c>experiment.</c> in front.</param>
/// <param name="Value">The value as written.</param>
/// <param name="Source">How the user gave it, for messages: <c>--set search.islands=2</c>.</param>
public sealed record ExperimentOverride(string Key, string Value, string Source)
{
    /// <summary>Reads <c>KEY=VALUE</c> as given to <c>--set</c>.</summary>
    /// <exception cref="ExperimentException">There is no '=' or no key.</exception>
    public static ExperimentOverride Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new(text[..equals].Trim(), text[(equals + 1)..].Trim(), $"--set {Shown.Bare(text)}")
            : throw new ExperimentException($"--set {Shown.Text(text)}: expected KEY=VALUE, such as search.islands=2");
    }
}
