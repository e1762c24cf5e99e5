using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Moss.Domain.Evidence;
using Moss.EventStore;
using Moss.EventStore.Projections;
using Moss.Substrates;

namespace Moss.Records;

/// <summary>The registered substrates, folded from the feed.</summary>
/// <param name="feed">All events.</param>
/// <param name="clock">Times the pauses when the feed cannot be read.</param>
/// <param name="logger">Hears of failures.</param>
public class SubstrateDirectory(IEventFeed feed, TimeProvider clock, ILogger<SubstrateDirectory> logger)
    : Projection<ImmutableSortedDictionary<string, SubstrateEntry>>(
        ImmutableSortedDictionary.Create<string, SubstrateEntry>(StringComparer.Ordinal), feed, clock, logger), ISubstrateDirectory
{
    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<SubstrateEntry>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await CaughtUpAsync(cancellationToken)).Values];

    /// <inheritdoc/>
    public async Task<SubstrateEntry?> FindAsync(string name, CancellationToken cancellationToken) =>
        (await CaughtUpAsync(cancellationToken)).GetValueOrDefault(name);

    /// <inheritdoc/>
    protected override ImmutableSortedDictionary<string, SubstrateEntry> Apply(
        ImmutableSortedDictionary<string, SubstrateEntry> current, StoredEvent stored) =>
        stored.Data is SubstrateRegistered registered
            ? current.SetItem(registered.Name, new(registered.Name, registered.Repository))
            : current;
}
