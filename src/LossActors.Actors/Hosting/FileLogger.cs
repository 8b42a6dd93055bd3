using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;

namespace LossActors.Actors.Hosting;

/// <summary>Akka's log, one line per event, to the file that <c>lossactors.log-file</c> names: <c>-</c> is standard error, empty is nowhere.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Actors are disposed of in PostStop.")]
internal sealed class FileLogger : UntypedActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    // What a stranger sent may be quoted in full; the last cause says most.
    private const int LongestPart = 400;

    private readonly Repetitions _strangers = new();
    private TextWriter _log = TextWriter.Null;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Open(Context.System.Settings.Config.GetString("lossactors.log-file", string.Empty));
                Sender.Tell(new LoggerInitialized());
                break;
            case LogEvent e when IsOfConnections(e):
                // Whoever is not let in knocks every second: that is worth a line, and not one a second.
                if (_strangers.Count(Headline(e)) is { } note)
                {
                    Write(e, Headline(e) + note);
                }

                break;
            case LogEvent e:
                Write(e, Text(e));
                break;
        }
    }

    protected override void PostStop()
    {
        if (_log != Console.Error)
        {
            _log.Dispose();
        }
    }

    private static bool IsOfConnections(LogEvent e) =>
        e.LogClass?.Namespace?.StartsWith("Akka.Remote", StringComparison.Ordinal) == true || e.LogClass?.Name == "JoinSeedNodeProcess" || e.LogSource.StartsWith("remoting", StringComparison.Ordinal);

    private static string Headline(LogEvent e)
    {
        var parts = new List<string> { $"{e.Message}" };
        for (var cause = e.Cause; cause is not null; cause = cause.InnerException)
        {
            parts.Add($"{cause.GetType().Name}: {cause.Message}");
        }

        return string.Join(": ", parts.Select(part => part[..Math.Min(part.Length, LongestPart)])).ReplaceLineEndings(" ");
    }

    private void Write(LogEvent e, string text) => _log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{e.Timestamp:O} {e.LogLevel()} {e.LogSource} {text}"));

    // One event, one line: what follows the first line of an exception is its stack, indented.
    private static string Text(LogEvent e) =>
        $"{e.Message}{(e.Cause is null ? null : $": {e.Cause}")}".ReplaceLineEndings("\n    ");

    private void Open(string file)
    {
        if (file == "-")
        {
            _log = Console.Error;
        }
        else if (file.Length > 0)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            _log = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        }
    }
}
