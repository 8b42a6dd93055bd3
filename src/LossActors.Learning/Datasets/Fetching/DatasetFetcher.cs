using System.Collections.Immutable;

namespace LossActors.Learning.Datasets.Fetching;

/// <summary>Brings public datasets to where the loaders look for them.</summary>
public sealed class DatasetFetcher : IDisposable
{
    private readonly HttpClient _client;
    private readonly FetchSettings _settings;
    private readonly TimeProvider _time;

    /// <summary>A fetcher with the usual patience.</summary>
    /// <param name="time">Measures pauses.</param>
    public DatasetFetcher(TimeProvider time)
        : this(time, new FetchSettings())
    {
    }

    internal DatasetFetcher(TimeProvider time, FetchSettings settings)
    {
        (_time, _settings) = (time, settings);
        _client = new HttpClient(new SocketsHttpHandler { MaxAutomaticRedirections = 10 }) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("lossactors");
    }

    /// <summary>The datasets that can be fetched.</summary>
    public static ImmutableArray<string> Names => [.. PublicDatasets.ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Bytes that are transferred for one of them.</summary>
    public static long? Size(string dataset) => PublicDatasets.ByName.TryGetValue(dataset, out var found) ? found.Files.Sum(file => file.Size) : null;

    /// <summary>Brings a dataset's files, but for those that are there.</summary>
    /// <param name="dataset">One of <see cref="Names"/>.</param>
    /// <param name="folder">Where they go; nothing is written anywhere else.</param>
    /// <param name="from">The address that file names are appended to; null: where they are published.</param>
    /// <param name="report">Told of every block and every trouble.</param>
    /// <param name="cancellation">Leaves what came, to go on from.</param>
    /// <exception cref="FetchException">A file cannot be had or written, or is another than was published.</exception>
    public Task Fetch(string dataset, string folder, Uri? from, Action<FetchProgress> report, CancellationToken cancellation) =>
        Fetch(PublicDatasets.ByName[dataset], folder, from, report, cancellation);

    internal async Task Fetch(PublicDataset dataset, string folder, Uri? from, Action<FetchProgress> report, CancellationToken cancellation)
    {
        var download = new Download(_client, _settings, _time, report);
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var file in dataset.Files)
            {
                if (!file.Members.IsEmpty && file.Members.All(member => member.IsIn(folder)))
                {
                    continue;
                }

                await download.Bring(Address(from ?? dataset.Source, file.Name), file, folder, cancellation);
                if (!file.Members.IsEmpty)
                {
                    var archive = Path.Combine(folder, file.Name);
                    await TarArchive.Extract(archive, file.Members, folder, cancellation);
                    File.Delete(archive);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FetchException($"{folder} cannot be written: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}; does another fetch run? Else name a folder with --to", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static Uri Address(Uri source, string file) => new(source.AbsoluteUri.TrimEnd('/') + "/" + file);
}
