using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Moss.Artifacts.Postgres;
using Moss.Cli.Api;
using Moss.EndToEnd.Tests.Agents;
using Moss.EndToEnd.Tests.Hosting;
using Moss.EndToEnd.Tests.Substrates;
using Moss.ServiceDefaults.Stages;
using Moss.Testing;
using Moss.Testing.Postgres;
using Moss.Testing.RabbitMq;

namespace Moss.EndToEnd.Tests.Services;

/// <summary>Six services as processes of their own, with a broker and a database of their own.</summary>
public sealed class ServicesBench : IRunningMoss, IAsyncLifetime
{
    private static readonly string[] Names = ["Ingestion", "Planning", "Implementation", "Trials", "Deployment", "Orchestrator"];

    private readonly TemporaryFolder folder = new();
    private readonly List<ServiceUnderTest> services = [];
    private readonly List<Till> tills = [];
    private ArtifactDatabase artifacts = null!;
    private HttpClient http = null!;
    private MossClient client = null!;

    internal RabbitServer Rabbit { get; private set; } = null!;

    internal PostgresServer Postgres { get; private set; } = null!;

    /// <summary>The database, as Npgsql reads it.</summary>
    internal string Store { get; private set; } = null!;

    /// <summary>How each service is called, in the order of their work.</summary>
    internal static IReadOnlyList<string> AllNames => Names;

    internal Collector Collector { get; private set; } = null!;

    internal AgentDesk Desk { get; private set; } = null!;

    MossClient IRunningMoss.Client => client;

    /// <summary>What all services said.</summary>
    internal string Said => string.Join('\n', services.Select(service => service.Said));

    public async Task InitializeAsync()
    {
        var broker = RabbitServer.StartAsync();
        Collector = await Collector.StartAsync();
        Postgres = await PostgresServer.StartAsync(durable: true);
        Store = await Postgres.CreateDatabaseAsync();
        artifacts = new ArtifactDatabase(Store, TimeProvider.System, NullLogger<ArtifactDatabase>.Instance);
        Desk = await AgentDesk.OpenAsync(IsStoredAsync);
        Rabbit = await broker;
        http = new HttpClient(new ServiceRoutes(UrlOf)) { BaseAddress = ServiceRoutes.Anywhere, Timeout = Timeout.InfiniteTimeSpan };
        client = new MossClient(http);
        await Task.WhenAll(Names.Select(name => AddAsync(name)));
    }

    /// <summary>Starts one more process of a service.</summary>
    internal async Task<ServiceUnderTest> AddAsync(string name)
    {
        ServiceUnderTest service;
        lock (services)
        {
            var data = folder.Combine($"{name}-{services.Count(one => one.Name == name)}".ToLowerInvariant());
            service = new ServiceUnderTest(name, new ServiceSettings(Store, Rabbit.Address, data, Collector.Url));
            services.Add(service);
        }

        await service.StartAsync();
        await ReadyAsync(service);
        return service;
    }

    /// <summary>The first process of a service.</summary>
    internal ServiceUnderTest The(string name) => services.First(service => service.Name == name);

    /// <summary>A substrate of its own for a test, and how its agent behaves.</summary>
    internal Till Till(string name, AgentScript script)
    {
        var till = new Till(name, Desk.Url, folder.Combine("deployment-0", "deployments", name, "state"), new TillSettings());
        tills.Add(till);
        Desk.Play(name, script);
        return till;
    }

    /// <summary>What a service says of its health.</summary>
    internal static async Task<HttpResponseMessage> HealthAsync(ServiceUnderTest service, string probe)
    {
        using var direct = new HttpClient();
        return await direct.GetAsync(new Uri(service.Url!, $"health/{probe}"));
    }

    /// <summary>How many trials a runner runs now.</summary>
    internal static async Task<int> RunningTrialsAsync(ServiceUnderTest runner)
    {
        using var direct = new HttpClient();
        return (await direct.GetFromJsonAsync<JsonElement>(new Uri(runner.Url!, "api/trials"))).GetProperty("running").GetInt32();
    }

    /// <summary>Completes once the service has its broker and its database.</summary>
    internal static async Task ReadyAsync(ServiceUnderTest service)
    {
        try
        {
            await Eventually.HoldsAsync(async () =>
            {
                using var health = await HealthAsync(service, "ready");
                return health.IsSuccessStatusCode;
            });
        }
        catch (TimeoutException)
        {
            using var health = await HealthAsync(service, "ready");
            throw new ShouldAssertException($"{service.Name} is not ready: {await health.Content.ReadAsStringAsync()}\n{service.Said}");
        }
    }

    public async Task DisposeAsync()
    {
        await Task.WhenAll(services.Select(service => service.DisposeAsync().AsTask()));
        tills.ForEach(till => till.Dispose());
        http?.Dispose();
        await (Desk?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (artifacts?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (Rabbit?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (Postgres?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (Collector?.DisposeAsync() ?? ValueTask.CompletedTask);
        folder.Dispose();
    }

    private async Task<bool> IsStoredAsync(string key) =>
        await new PostgresStageLedger(artifacts).FindAsync<StoredAnswer>(key, CancellationToken.None) is not null;

    private Uri UrlOf(string name) => services.First(service => service.Name == name && service.Url is not null).Url!;
}
