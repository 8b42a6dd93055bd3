using System.Threading.Channels;
using LossActors.Actors.Control;

namespace LossActors.Cli.Display;

/// <summary>Brings a run's progress to its display: the one owner of both view and console.</summary>
internal static class DisplayPump
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(250);

    /// <summary>Shows everything until the channel ends.</summary>
    public static async Task RunAsync(ChannelReader<SearchProgress> progress, RunView view, IRunDisplay display, TimeProvider time)
    {
        var available = progress.WaitToReadAsync().AsTask();
        while (true)
        {
            await Task.WhenAny(available, Task.Delay(s_tick, time));
            if (available.IsCompleted)
            {
                if (!await available)
                {
                    return;
                }

                while (progress.TryRead(out var happened))
                {
                    view.Apply(happened);
                    display.Show(view, happened);
                }

                available = progress.WaitToReadAsync().AsTask();
            }

            display.Tick(view);
        }
    }
}
