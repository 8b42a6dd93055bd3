using LossActors.Learning.MetaTesting;

namespace LossActors.Cli.Output;

/// <summary>Says on stderr how far a meta-test is: in place on a terminal, a line every few seconds elsewhere.</summary>
internal sealed class MetaTestNotice(CliEnvironment environment) : IProgress<MetaTestProgress>
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);
    private long _last = environment.Time.GetTimestamp();

    /// <inheritdoc/>
    public void Report(MetaTestProgress value)
    {
        var isLast = value.Trained == value.Total;
        if (environment.IsErrorTerminal)
        {
            environment.Error.Write(Numbers.Text($"\r{value.Trained}/{value.Total} networks{(isLast ? "\n" : "")}"));
        }
        else if (environment.Time.GetElapsedTime(_last) >= s_interval)
        {
            _last = environment.Time.GetTimestamp();
            environment.Error.WriteLine(Numbers.Text($"{value.Trained}/{value.Total} networks"));
        }
    }
}
