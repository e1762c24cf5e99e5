using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Moss.Deployment.Recording;
using Moss.Domain.Tests.Evolution;
using Moss.EventStore;
using Moss.EventStore.InMemory;
using Moss.EventStore.Projections;
using Moss.Processes;
using Moss.Records;
using Moss.Substrates;
using Moss.Testing;
using Moss.Workspaces;

namespace Moss.Services.Tests.Deployment.Recording;

/// <summary>A store and a repository that outlive the processes that keep records of the one in the other, by real git.</summary>
internal sealed class AnchorBench : ISubstrateDirectory, IDisposable
{
    private readonly TemporaryFolder data = new();

    public AnchorBench()
    {
        var catalog = new EventCatalog();
        EventNames.Add(catalog);
        Store = new InMemoryEventStore(catalog);
    }

    public IEventStore Store { get; }

    public TemporaryRepository Repository { get; } = new(("README.md", "# Desk\n"));

    /// <summary>Where the substrate is said to be; null when it is not registered.</summary>
    public string? Registered { get; set; } = "";

    public Task<SubstrateEntry?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(
        Registered is { } place ? new SubstrateEntry(name, place.Length > 0 ? place : Repository.Path) : null);

    /// <summary>A process that keeps records.</summary>
    public AnchorLife Start() => new(this, new GitWorkspaces(new WorkspaceSettings(data.Path), new ProcessRunner(ProcessLauncher.Shared, TimeProvider.System), TimeProvider.System));

    public async Task HappensAsync(EvolutionFacts facts, params IEnumerable<object> events) => await Store.AppendAsync(
        new StreamId($"evolution-{facts.Id:n}"), ExpectedVersion.Any,
        [.. events.Select(data => new NewEvent(Guid.NewGuid(), data, new EventMetadata(facts.Id.ToString(), "", "test", EvolutionFacts.Monday)))],
        CancellationToken.None);

    public JsonElement Anchor(EvolutionFacts facts) => JsonDocument.Parse(Repository.Show("moss/audit", $"audit/{facts.Id}.json")).RootElement;

    public int Commits => int.Parse(Repository.Git("rev-list", "--count", "moss/audit"), System.Globalization.CultureInfo.InvariantCulture);

    public void Dispose()
    {
        Repository.Dispose();
        data.Dispose();
    }
}

/// <summary>One of them; what it does not finish is left to the next.</summary>
internal sealed class AnchorLife : IDisposable
{
    private readonly AnchorBench bench;
    private readonly AnchorKeeper keeper;
    private long position;

    public AnchorLife(AnchorBench bench, IRecordBranch records)
    {
        this.bench = bench;
        Desk = new RecordDesk(bench, records, NullLogger<RecordDesk>.Instance);
        keeper = new AnchorKeeper(bench.Store, Desk);
    }

    public RecordDesk Desk { get; }

    public IFeedHandler Keeper => keeper;

    /// <summary>Hands it what is stored, up to a position, as a subscription does.</summary>
    public async Task ReadAsync(long upTo = long.MaxValue)
    {
        foreach (var stored in await bench.Store.ReadFeedAsync(position, 1000, CancellationToken.None))
        {
            if (stored.Position <= upTo)
            {
                await keeper.HandleAsync(stored, CancellationToken.None);
                position = stored.Position;
            }
        }
    }

    public void Dispose() => Desk.Dispose();
}
