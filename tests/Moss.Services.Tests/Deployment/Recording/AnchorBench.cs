using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Moss.Deployment.Instances;
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

    /// <summary>Scenarios one and two ask the same.</summary>
    public TemporaryRepository Repository { get; } = new(
        ("moss.yaml", "name: desk\ntrial:\n  command: [\"true\"]\n"),
        ("scenarios/one.json", """{ "id": "one", "input": 1, "graders": [{ "id": "g", "kind": "exact", "value": 1 }] }"""),
        ("scenarios/two.json", """{ "id": "two", "graders": [{ "kind": "exact", "value": 1, "id": "g" }], "input": 1, "title": "the same" }"""));

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
    private readonly CorpusKeeper corpus;
    private readonly Dictionary<string, long> positions = [];

    public AnchorLife(AnchorBench bench, GitWorkspaces workspaces)
    {
        this.bench = bench;
        Desk = new RecordDesk(bench, workspaces, NullLogger<RecordDesk>.Instance);
        keeper = new AnchorKeeper(bench.Store, Desk);
        var fingerprints = new Fingerprints(new RepositoryDeclarations(bench, workspaces), workspaces, NullLogger<Fingerprints>.Instance);
        corpus = new CorpusKeeper(bench.Store, bench.Store, bench.Store, fingerprints, Desk);
    }

    public RecordDesk Desk { get; }

    public IFeedHandler Keeper => keeper;

    /// <summary>Hands the keeper of anchors what is stored, up to a position, as a subscription does.</summary>
    public Task ReadAsync(long upTo = long.MaxValue) => ReadAsync(keeper, upTo);

    /// <summary>The same for the keeper of the corpus.</summary>
    public Task ReadCorpusAsync(long upTo = long.MaxValue) => ReadAsync(corpus, upTo);

    private async Task ReadAsync(IFeedHandler handler, long upTo)
    {
        foreach (var stored in await bench.Store.ReadFeedAsync(positions.GetValueOrDefault(handler.Name), 1000, CancellationToken.None))
        {
            if (stored.Position <= upTo)
            {
                await handler.HandleAsync(stored, CancellationToken.None);
                positions[handler.Name] = stored.Position;
            }
        }
    }

    public void Dispose() => Desk.Dispose();
}
