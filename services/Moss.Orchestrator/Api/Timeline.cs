using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moss.Domain.Evolution;
using Moss.EventStore;
using Moss.Orchestrator.Machine;
using Moss.Orchestrator.ReadModels;

namespace Moss.Orchestrator.Api;

/// <summary>One event of an evolution.</summary>
internal sealed record TimelineEntry(long Version, string Name, DateTimeOffset At, string Actor, string Hash, JsonElement Data);

/// <summary>The stream of an evolution, read once or followed.</summary>
internal static class Timeline
{
    public static async Task<IResult> ReadAsync(Guid id, IEventStore store, CancellationToken cancellationToken)
    {
        var entries = new List<TimelineEntry>();
        await foreach (var stored in store.ReadStreamAsync(EvolutionSaga.StreamOf(id), 0, cancellationToken))
        {
            entries.Add(EntryOf(stored));
        }

        return entries.Count == 0 ? EvolutionEndpoints.Missing(id) : TypedResults.Ok(entries);
    }

    public static async Task<IResult> StreamAsync(
        Guid id, EvolutionIndex index, IEventStore store, long? from, CancellationToken cancellationToken) =>
        await index.KnowsAsync(id, cancellationToken)
            ? TypedResults.ServerSentEvents(FollowAsync(id, store, from ?? 0, cancellationToken))
            : EvolutionEndpoints.Missing(id);

    /// <summary>
    /// Ends when the evolution has ended, nobody has asked for its restart since, and everything was sent; also for who has
    /// read the end before.
    /// </summary>
    private static async IAsyncEnumerable<SseItem<TimelineEntry>> FollowAsync(
        Guid id, IEventStore store, long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (version, position) = (0L, 0L);
        while (true)
        {
            var ended = false;
            await foreach (var stored in store.ReadStreamAsync(EvolutionSaga.StreamOf(id), version, cancellationToken))
            {
                version = stored.Version + 1;
                position = stored.Position;
                ended = stored.Data is EvolutionEnded or RolledBackInProduction;
                if (stored.Version >= from)
                {
                    yield return new SseItem<TimelineEntry>(EntryOf(stored), stored.Name) { EventId = $"{stored.Version}" };
                }
            }

            if (ended && !await IsRestartAskedAsync(id, store, position, cancellationToken))
            {
                yield break;
            }

            await store.WaitForEventsAsync(position, cancellationToken);
            position = await SkipAsync(store, position, cancellationToken);
        }
    }

    /// <summary>A restart is an intent before it is an event: who follows right after asking for it must not be told the old end.</summary>
    private static async Task<bool> IsRestartAskedAsync(Guid id, IEventStore store, long end, CancellationToken cancellationToken)
    {
        await foreach (var intent in store.ReadStreamAsync(Evolutions.IntentsOf(id), 0, cancellationToken))
        {
            if (intent.Data is RestartAsked && intent.Position > end)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Past what other streams wrote meanwhile, so that the next wait is a wait.</summary>
    private static async Task<long> SkipAsync(IEventStore store, long position, CancellationToken cancellationToken)
    {
        var page = await store.ReadFeedAsync(position, 500, cancellationToken);
        return page.Count == 0 ? position : page[^1].Position;
    }

    private static TimelineEntry EntryOf(StoredEvent stored) => new(
        stored.Version, stored.Name, stored.Metadata.Time, stored.Metadata.Actor, stored.Hash,
        JsonSerializer.SerializeToElement(stored.Data, stored.Data.GetType(), StoredJson.Options));
}
