using Microsoft.Extensions.Logging;
using Moss.Domain.Evidence;
using Moss.EventStore;
using Moss.Records;
using Moss.Substrates;

namespace Moss.Ingestion.Substrates;

/// <summary>The registered substrates: each is a stream, the list is folded from the feed.</summary>
internal sealed class SubstrateRegistry(
    IEventAppender appender, IEventReader reader, IEventFeed feed, TimeProvider clock, ILogger<SubstrateDirectory> logger)
    : SubstrateDirectory(feed, clock, logger)
{
    /// <summary>
    /// Registers the substrate unless its name is taken by another repository; says who has the name now. Of two that want one
    /// name at once, one gets it. The same again stores nothing.
    /// </summary>
    public async Task<SubstrateEntry> RegisterAsync(
        string name, string repository, string commit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var stream = new StreamId($"substrate-{name}");
        var wanted = new SubstrateRegistered(name, repository, commit);
        while (true)
        {
            var (version, last) = await LoadAsync(stream, cancellationToken);
            if (last is not null && (last.Repository != repository || last == wanted))
            {
                return new(last.Name, last.Repository);
            }

            try
            {
                var registered = new NewEvent(Guid.CreateVersion7(now), wanted, new EventMetadata(name, "", "ingestion", now));
                await appender.AppendAsync(stream, ExpectedVersion.Exactly(version), [registered], cancellationToken);
                return new(name, repository);
            }
            catch (WrongExpectedVersionException)
            {
                // Another one was first: look who.
            }
        }
    }

    private async Task<(long Version, SubstrateRegistered? Last)> LoadAsync(StreamId stream, CancellationToken cancellationToken)
    {
        (long Version, SubstrateRegistered? Last) loaded = (ExpectedVersion.NoStream.Value, null);
        await foreach (var stored in reader.ReadStreamAsync(stream, 0, cancellationToken))
        {
            loaded = (stored.Version, stored.Data as SubstrateRegistered ?? loaded.Last);
        }

        return loaded;
    }
}
