namespace LossActors.Cli.Tests;

/// <summary>Presses Ctrl+C when something has been printed.</summary>
internal sealed class InterruptingWriter(CancellationTokenSource interrupt, string after) : StringWriter
{
    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (value?.Contains(after, StringComparison.Ordinal) == true)
        {
            interrupt.Cancel();
        }
    }
}
