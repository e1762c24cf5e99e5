using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moss.EventStore.Turns;

namespace Moss.EventStore.Projections;

/// <summary>
/// Hands the feed to one handler, by default from its stored checkpoint on: in commit order, at least once, never past an event that fails.
/// The checkpoint is saved after each batch of at most 100 events, before each pause and at the end.
/// With <paramref name="turns"/> it is one process at a time that handles, and begins anew when it takes over.
/// </summary>
public sealed class FeedSubscription(
    IFeedHandler handler, FeedStart start, IEventFeed feed, ICheckpointStore checkpoints, TimeProvider clock, ILogger<FeedSubscription> logger,
    ITurns? turns = null) : BackgroundService
{
    private readonly FeedPump pump = new(handler.Name, feed, clock, logger);

    /// <summary>Name of the handler.</summary>
    public string Name => handler.Name;

    /// <summary>Position of the last event that was handled.</summary>
    public long Position => pump.Position;

    /// <summary>Completes once every event up to a position was handled.</summary>
    public Task ReachedAsync(long position, CancellationToken cancellationToken) => pump.ReachedAsync(position, cancellationToken);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        turns is null ? PumpAsync(stoppingToken) : turns.RunAsync(handler.Name, PumpAsync, stoppingToken);

    private Task PumpAsync(CancellationToken stopping) => pump.RunAsync(
        cancellationToken => start == FeedStart.Beginning ? Task.FromResult(0L) : checkpoints.LoadCheckpointAsync(handler.Name, cancellationToken),
        handler.HandleAsync,
        (position, cancellationToken) =>
            start == FeedStart.Beginning ? Task.CompletedTask : checkpoints.SaveCheckpointAsync(handler.Name, position, cancellationToken),
        stopping);
}
