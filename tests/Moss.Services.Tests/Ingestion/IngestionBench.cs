using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Moss.Artifacts;
using Moss.EventStore;
using Moss.Ingestion;
using Moss.ServiceDefaults.Problems;
using Moss.Testing;
using Moss.Workspaces;

namespace Moss.Services.Tests.Ingestion;

/// <summary>All of ingestion behind its HTTP API: SQLite, artifacts as files, real git. Only the time is made up.</summary>
internal sealed class IngestionBench : IAsyncDisposable
{
    private readonly ServiceProvider git;
    private readonly WebApplication app;

    private IngestionBench(string folder, FakeClock clock, IngestionOptions options, Func<IEventStore, IEventStore> around)
    {
        Clock = clock;
        // git waits for its locks in real time.
        git = new ServiceCollection().AddWorkspaceReader(new WorkspaceSettings(folder)).BuildServiceProvider();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(git.GetRequiredService<IWorkspaceReader>())
            .AddSingleton(provider => around(new Moss.EventStore.Sqlite.SqliteEventStore(Path.Combine(folder, "moss.db"), provider.GetRequiredService<EventCatalog>())))
            .AddEventStore(store => store.Sqlite = Path.Combine(folder, "moss.db"))
            .AddArtifacts(Path.Combine(folder, "artifacts"))
            .AddMossProblems()
            .AddIngestion()
            .Replace(ServiceDescriptor.Singleton(options));
        app = builder.Build();
        app.UseMossProblems();
        app.MapIngestion();
    }

    public FakeClock Clock { get; }

    public HttpClient Client { get; private set; } = null!;

    public IEventStore Store => app.Services.GetRequiredService<IEventStore>();

    public IArtifactStore Artifacts => app.Services.GetRequiredService<IArtifactStore>();

    public static async Task<IngestionBench> StartAsync(
        string folder, FakeClock? clock = null, IngestionOptions? options = null, Func<IEventStore, IEventStore>? around = null)
    {
        var bench = new IngestionBench(folder, clock ?? new FakeClock(), options ?? new IngestionOptions(), around ?? (store => store));
        await bench.app.StartAsync();
        bench.Client = bench.app.GetTestClient();
        return bench;
    }

    public Task<Answer> GetAsync(string path) => Answer.ReadAsync(Client.GetAsync(path));

    public Task<Answer> PostAsync(string path, object body) => Answer.ReadAsync(Client.PostAsJsonAsync(path, body));

    public Task<Answer> AddAsync(TemporaryRepository repository, bool allowDirty = false) =>
        PostAsync("/api/substrates", new { repository = repository.Path, allowDirty });

    /// <param name="body">Sent as it is.</param>
    /// <param name="key">Idempotency key.</param>
    public Task<Answer> ReportAsync(HttpContent body, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/evidence") { Content = body };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return Answer.ReadAsync(Client.SendAsync(request));
    }

    public Task<Answer> ReportAsync(object body, string? key = null) => ReportAsync(JsonContent.Create(body), key);

    public Task<Answer> ReportTextAsync(string json) => ReportAsync(new StringContent(json, Encoding.UTF8, "application/json"));

    /// <summary>Everything that is stored, in order.</summary>
    public async Task<IReadOnlyList<StoredEvent>> HistoryAsync() => await Store.ReadFeedAsync(0, 10_000, CancellationToken.None);

    /// <summary>Waits until such an event is stored.</summary>
    public async Task<T> HappenedAsync<T>()
        where T : class
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var position = await Store.LastPositionAsync(patience.Token);
            if ((await HistoryAsync()).Select(stored => stored.Data).OfType<T>().FirstOrDefault() is { } found)
            {
                return found;
            }

            await Store.WaitForEventsAsync(position, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        await git.DisposeAsync();
    }
}
