using Moss.Domain.Evidence;
using Moss.EventStore;
using Moss.Ingestion;
using Moss.Testing;

namespace Moss.Services.Tests.Ingestion;

/// <summary>Ingestion with the substrate <c>desk</c> registered.</summary>
public abstract class DeskTest : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private int sessions;

    internal IngestionBench Bench { get; private set; } = null!;

    internal TemporaryRepository Desk { get; } = DeskRepository.Create();

    protected string Folder => folder.Path;

    private protected virtual IngestionOptions Options { get; } = new();

    public async Task InitializeAsync()
    {
        Bench = await IngestionBench.StartAsync(folder.Path, options: Options, around: Around);
        (await Bench.AddAsync(Desk)).Status.ShouldBe(201);
    }

    public async Task DisposeAsync()
    {
        await Bench.DisposeAsync();
        Desk.Dispose();
        folder.Dispose();
    }

    /// <summary>Puts another store around the real one.</summary>
    private protected virtual IEventStore Around(IEventStore store) => store;

    /// <summary>A report that no other is like.</summary>
    private protected object Failure(
        string scenario = "one", string? transcript = null, string? complaint = null, string source = "session", string? failure = null, string? user = null) => new
        {
            substrate = "desk", scenario, source, failure, sessionId = $"s-{++sessions}", userId = user, occurredAt = "2026-01-05T08:59:00Z", complaint, transcript,
        };

    private protected IEnumerable<object> Failures(int count) => Enumerable.Range(0, count).Select(_ => Failure());

    private protected async Task<IReadOnlyList<EvidenceAdded>> StoredAsync() =>
        [.. (await Bench.HistoryAsync()).Select(stored => stored.Data).OfType<EvidenceAdded>()];

    /// <summary>Holds that nothing of a report is left behind, in history or as an artifact.</summary>
    private protected async Task NothingIsStoredAsync()
    {
        (await Bench.HistoryAsync()).Select(stored => stored.Data).ShouldHaveSingleItem().ShouldBeOfType<SubstrateRegistered>();
        var artifacts = folder.Combine("artifacts");
        (Directory.Exists(artifacts) ? Directory.GetFiles(artifacts, "*", SearchOption.AllDirectories) : []).ShouldBeEmpty();
    }
}
