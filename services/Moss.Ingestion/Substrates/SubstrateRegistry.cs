using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Moss.Domain.Evidence;
using Moss.EventStore;
using Moss.EventStore.Projections;
using Moss.Substrates;

namespace Moss.Ingestion.Substrates;

/// <summary>The registered substrates: each is a stream, the list is folded from the feed.</summary>
internal sealed class SubstrateRegistry(IEventAppender appender, IEventFeed feed, TimeProvider clock, ILogger<SubstrateRegistry> logger)
    : Projection<ImmutableSortedDictionary<string, SubstrateEntry>>(
        ImmutableSortedDictionary.Create<string, SubstrateEntry>(StringComparer.Ordinal), feed, clock, logger), ISubstrateDirectory
{
    public async Task<IReadOnlyList<SubstrateEntry>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await CaughtUpAsync(cancellationToken)).Values];

    public async Task<SubstrateEntry?> FindAsync(string name, CancellationToken cancellationToken) =>
        (await CaughtUpAsync(cancellationToken)).GetValueOrDefault(name);

    public async Task RegisterAsync(string name, string repository, string commit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await appender.AppendAsync(
            new($"substrate-{name}"), ExpectedVersion.Any,
            [new(Guid.CreateVersion7(now), new SubstrateRegistered(name, repository, commit), new EventMetadata(name, "", "ingestion", now))],
            cancellationToken);
    }

    protected override ImmutableSortedDictionary<string, SubstrateEntry> Apply(
        ImmutableSortedDictionary<string, SubstrateEntry> current, StoredEvent stored) =>
        stored.Data is SubstrateRegistered registered
            ? current.SetItem(registered.Name, new(registered.Name, registered.Repository))
            : current;
}
