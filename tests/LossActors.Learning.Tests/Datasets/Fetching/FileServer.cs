using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LossActors.Learning.Tests.Datasets.Fetching;

/// <summary>What a <see cref="FileServer"/> answers.</summary>
/// <param name="Status">The status line after <c>HTTP/1.1</c>.</param>
/// <param name="Body">The whole body.</param>
internal sealed record Answer(string Status, byte[] Body)
{
    /// <summary>Lines of the header besides the length.</summary>
    public string[] Headers { get; init; } = [];

    /// <summary>The length that the header claims; null: the body's.</summary>
    public long? Claimed { get; init; }

    /// <summary>Bytes of the body after which the connection is cut; null: all are sent.</summary>
    public int? CutAfter { get; init; }

    /// <summary>Whether the connection then stays open, silent.</summary>
    public bool FallsSilent { get; init; }
}

/// <summary>An HTTP server on a loopback socket that answers exactly as a test wants, one request per connection.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<TcpClient> _silent = [];
    private readonly Task _work;

    /// <param name="answer">Given the path, the first byte of the range asked for (null: no range) and how many requests came before.</param>
    public FileServer(Func<string, long?, int, Answer> answer)
    {
        _listener.Start();
        _work = Serve(answer);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/data/");

    /// <summary>The requests so far: path and first byte asked for.</summary>
    public ConcurrentQueue<(string Path, long? From)> Requests { get; } = new();

    /// <summary>An answer of a server that knows ranges.</summary>
    public static Answer Ranged(byte[] content, long? from) => from is null
        ? new Answer("200 OK", content)
        : from >= content.Length
            ? new Answer("416 Range Not Satisfiable", [])
            : new Answer("206 Partial Content", content[(int)from..]) { Headers = [$"Content-Range: bytes {from}-{content.Length - 1}/{content.Length}"] };

    public void Dispose()
    {
        _end.Cancel();
        _work.GetAwaiter().GetResult();
        _listener.Dispose();
        foreach (var client in _silent)
        {
            client.Dispose();
        }

        _end.Dispose();
    }

    private async Task Serve(Func<string, long?, int, Answer> answer)
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token).ConfigureAwait(false);
                var silent = await Reply(client, answer).ConfigureAwait(false);
                if (silent)
                {
                    _silent.Add(client);
                }
                else
                {
                    client.Dispose();
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task<bool> Reply(TcpClient client, Func<string, long?, int, Answer> answer)
    {
        try
        {
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            var path = (await reader.ReadLineAsync(_end.Token).ConfigureAwait(false))!.Split(' ')[1];
            long? from = null;
            while (await reader.ReadLineAsync(_end.Token).ConfigureAwait(false) is { Length: > 0 } line)
            {
                from = line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase) ? long.Parse(line[13..^1], System.Globalization.CultureInfo.InvariantCulture) : from;
            }

            var reply = answer(path, from, Requests.Count);
            Requests.Enqueue((path, from));
            var head = string.Join("\r\n", [$"HTTP/1.1 {reply.Status}", .. reply.Headers.Contains("Transfer-Encoding: chunked") ? [] : new[] { $"Content-Length: {reply.Claimed ?? reply.Body.Length}" }, "Connection: close", .. reply.Headers, "", ""]);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _end.Token).ConfigureAwait(false);
            await stream.WriteAsync(reply.Body.AsMemory(0, reply.CutAfter ?? reply.Body.Length), _end.Token).ConfigureAwait(false);
            return reply.FallsSilent;
        }
        catch (IOException)
        {
            return false; // the other side hung up
        }
    }
}
