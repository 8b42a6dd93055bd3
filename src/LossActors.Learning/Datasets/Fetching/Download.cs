using System.Net;
using System.Net.Http.Headers;

namespace LossActors.Learning.Datasets.Fetching;

/// <summary>
/// Brings one file: into <c>NAME.part</c>, which an interruption leaves for the next try to go on from, and under its own name once it is whole and has its checksum.
/// </summary>
/// <param name="client">Asks the server; follows redirects, and does not decompress.</param>
/// <param name="settings">How patient it is.</param>
/// <param name="time">Measures pauses and silence.</param>
/// <param name="report">Told of every block and every trouble.</param>
internal sealed class Download(HttpClient client, FetchSettings settings, TimeProvider time, Action<FetchProgress> report)
{
    // Tries that bring less count as vain.
    private const long WorthATry = 1 << 16;

    /// <summary>Brings a file, unless it is there and sound.</summary>
    /// <param name="source">Its address.</param>
    /// <param name="file">What it must be.</param>
    /// <param name="folder">Where it goes.</param>
    /// <param name="cancellation">Leaves what came.</param>
    /// <exception cref="FetchException">It cannot be had, or is another file than was published.</exception>
    public async Task Bring(Uri source, PublicFile file, string folder, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, file.Name);
        if (File.Exists(path) && await IsSound(path, file, cancellation))
        {
            return;
        }

        var partial = path + ".part";
        var isOwn = false; // whether every byte of it came in this call
        while (true)
        {
            isOwn |= !File.Exists(partial);
            await Complete(source, file, partial, cancellation);
            if (await IsSound(partial, file, cancellation))
            {
                File.Move(partial, path, overwrite: true);
                return;
            }

            File.Delete(partial);
            if (isOwn)
            {
                throw new FetchException($"{source}: the file has another checksum than was published ({file.Checksum.Algorithm} {file.Checksum.Value}) and was deleted; try again later, or another address with --from");
            }

            report(new FetchProgress(file.Name, 0, file.Size, "what an earlier try left does not fit; starting anew"));
        }
    }

    private static async Task<bool> IsSound(string path, PublicFile file, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(path);
        return stream.Length == file.Size && await file.Checksum.IsOf(stream, cancellation);
    }

    private async Task Complete(Uri source, PublicFile file, string partial, CancellationToken cancellation)
    {
        await using var stream = new FileStream(partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        for (var attempt = 1; stream.Length != file.Size; attempt++)
        {
            var before = stream.Length;
            try
            {
                await Receive(source, file, stream, cancellation);
            }
            catch (Exception e) when (e is BrokenOffException or HttpRequestException { HttpRequestError: not HttpRequestError.NameResolutionError })
            {
                attempt = stream.Length - before >= WorthATry ? 1 : attempt;
                if (attempt >= settings.Attempts)
                {
                    throw new FetchException($"{source}: {OneLine(e)}, {attempt} times in a row; run the command again to go on with the {stream.Length:N0} bytes that came", e);
                }

                report(new FetchProgress(file.Name, stream.Length, file.Size, $"{OneLine(e)}; trying again"));
                await Task.Delay(settings.Pause * Math.Pow(2, attempt - 1), time, cancellation);
            }
            catch (HttpRequestException e)
            {
                throw new FetchException($"{source}: {OneLine(e)}; check the network, or name another address with --from", e);
            }
        }
    }

    private async Task Receive(Uri source, PublicFile file, FileStream stream, CancellationToken cancellation)
    {
        if (stream.Length > file.Size)
        {
            stream.SetLength(0);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, source);
        if (stream.Length > 0)
        {
            request.Headers.Range = new RangeHeaderValue(stream.Length, null);
        }

        var patience = new Patience(settings.Silence, time, cancellation);
        using var response = await patience.For(token => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token));
        var start = Start(source, response, stream.Length);
        stream.SetLength(start ?? 0);
        if (start is null)
        {
            throw new BrokenOffException("the server cannot go on from what is here");
        }

        stream.Seek(0, SeekOrigin.End);
        if (response.Content.Headers.ContentLength is { } rest && stream.Length + rest != file.Size)
        {
            throw new FetchException($"{source}: {stream.Length + rest:N0} bytes, but the published file has {file.Size:N0}; try again later, or another address with --from");
        }

        await using var content = await patience.For(token => response.Content.ReadAsStreamAsync(token));
        var buffer = new byte[1 << 16];
        while (stream.Length < file.Size)
        {
            var read = await patience.For(token => content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, file.Size - stream.Length)), token).AsTask());
            if (read == 0)
            {
                throw new BrokenOffException("the connection ended early");
            }

            await stream.WriteAsync(buffer.AsMemory(0, read), cancellation);
            await stream.FlushAsync(cancellation);
            report(new FetchProgress(file.Name, stream.Length, file.Size));
        }
    }

    // The byte that the server sends from: a server may send everything again. Null: it cannot send the rest of what is here.
    private static long? Start(Uri source, HttpResponseMessage response, long wanted) => response.StatusCode switch
    {
        HttpStatusCode.OK => 0,
        HttpStatusCode.PartialContent when response.Content.Headers.ContentRange?.From == wanted => wanted,
        HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable when wanted > 0 => null,
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => throw new BrokenOffException($"the server answers {Status(response)}"),
        _ => throw new FetchException($"{source}: the server answers {Status(response)}; try again later, or another address with --from"),
    };

    private static string Status(HttpResponseMessage response) => $"{(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();

    private static string OneLine(Exception e) => e.Message.ReplaceLineEndings(" ").TrimEnd('.');
}
