using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moss.Artifacts;
using Moss.Domain.Evolution;
using Moss.EventStore;
using Moss.EventStore.InMemory;
using Moss.Orchestrator;
using Moss.Orchestrator.EventSourcing;
using Moss.Orchestrator.Machine;
using Moss.ServiceDefaults.Bus;
using Moss.ServiceDefaults.Problems;
using Moss.Testing;
using Moss.Testing.Artifacts;

namespace Moss.Services.Tests.Orchestrator;

/// <summary>The whole orchestrator behind its HTTP API, in memory; only workers are missing.</summary>
public sealed class ApiBench : IAsyncLifetime
{
    private readonly WebApplication app;

    public ApiBench()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<IArtifactStore>(Artifacts)
            .AddSingleton<IStageLedger, InMemoryStageLedger>()
            .AddSingleton<IEventStore>(provider => new InMemoryEventStore(provider.GetRequiredService<EventCatalog>()))
            .AddSingleton<IEventFeed>(provider => provider.GetRequiredService<IEventStore>())
            .AddSingleton<ICheckpointStore>(provider => provider.GetRequiredService<IEventStore>())
            .AddSingleton<IDeadlineStore>(provider => provider.GetRequiredService<IEventStore>())
            .AddMossProblems()
            .AddOrchestrator()
            .AddInMemoryBus();
        app = builder.Build();
        app.UseMossProblems();
        app.MapOrchestrator();
    }

    internal FakeClock Clock { get; } = new();

    internal InMemoryArtifactStore Artifacts { get; } = new();

    internal HttpClient Client { get; private set; } = null!;

    private IEventStore Store => app.Services.GetRequiredService<IEventStore>();

    public async Task InitializeAsync()
    {
        await app.StartAsync();
        Client = app.GetTestClient();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    /// <param name="evolution">Its id.</param>
    /// <param name="age">How long ago the events happened.</param>
    /// <param name="events">What happened.</param>
    internal Task GiveAsync(Guid evolution, TimeSpan age, params IEnumerable<object> events) => Store.AppendAsync(
        EvolutionSaga.StreamOf(evolution), ExpectedVersion.Any,
        [.. events.Select(data => new NewEvent(Guid.NewGuid(), data, new EventMetadata(evolution.ToString(), "", "test", Clock.GetUtcNow() - age)))],
        CancellationToken.None);

    /// <summary>What Deployment says of a substrate.</summary>
    internal Task GiveDeploymentAsync(string substrate, params IEnumerable<object> events) => Store.AppendAsync(
        new StreamId($"deployment-{substrate}"), ExpectedVersion.Any,
        [.. events.Select(data => new NewEvent(Guid.NewGuid(), data, new EventMetadata(substrate, "", "test", Clock.GetUtcNow())))],
        CancellationToken.None);

    /// <summary>Waits until the evolution is where it should be.</summary>
    internal Task<EvolutionState> ReachedAsync(Guid evolution, Phase phase) => UntilAsync(evolution, state => state.Phase == phase);

    /// <summary>Waits until that is true of the evolution.</summary>
    internal async Task<EvolutionState> UntilAsync(Guid evolution, Predicate<EvolutionState> reached)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var position = await Store.LastPositionAsync(patience.Token);
            var saga = await app.Services.GetRequiredService<SagaStreams<EvolutionSaga>>().LoadAsync(evolution, patience.Token);
            if (saga is not null && reached(saga.State))
            {
                return saga.State;
            }

            await Store.WaitForEventsAsync(position, patience.Token);
        }
    }

    internal async Task<(int Status, JsonElement Body)> GetAsync(string path) => await ReadAsync(await Client.GetAsync(path));

    internal async Task<(int Status, JsonElement Body)> PostAsync(string path, object body) => await ReadAsync(await Client.PostAsJsonAsync(path, body));

    internal async Task<(int Status, JsonElement Body)> PostAsync(string path, HttpContent content) => await ReadAsync(await Client.PostAsync(path, content));

    private static async Task<(int Status, JsonElement Body)> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            return ((int)response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
        }
    }
}
