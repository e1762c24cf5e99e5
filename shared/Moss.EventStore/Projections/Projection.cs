using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Moss.EventStore.Projections;

/// <summary>
/// A read model in memory: folded from the beginning of the feed when the process starts, then kept up to date. The state is
/// immutable, so that a reader always sees one whole moment.
/// </summary>
/// <typeparam name="TState">An immutable type.</typeparam>
public abstract class Projection<TState> : BackgroundService
    where TState : class
{
    private readonly IEventFeed feed;
    private readonly FeedPump pump;
    private volatile TState state;

    /// <summary>Begins with nothing folded in.</summary>
    /// <param name="initial">The state before the first event.</param>
    /// <param name="feed">All events.</param>
    /// <param name="clock">Times the pauses when the feed cannot be read.</param>
    /// <param name="logger">Hears of failures.</param>
    protected Projection(TState initial, IEventFeed feed, TimeProvider clock, ILogger logger)
    {
        (state, this.feed) = (initial, feed);
        pump = new FeedPump(GetType().Name, feed, clock, logger);
    }

    /// <summary>The newest state; may lag behind the store by a moment.</summary>
    public TState State => state;

    /// <summary>Position of the last event folded in.</summary>
    public long Position => pump.Position;

    /// <summary>The state with everything folded in that is stored now: what a caller sees who has just appended.</summary>
    public async Task<TState> CaughtUpAsync(CancellationToken cancellationToken)
    {
        await pump.ReachedAsync(await feed.LastPositionAsync(cancellationToken), cancellationToken);
        return state;
    }

    /// <summary>Folds one event in; pure. Events that it has no use for return <paramref name="current"/>.</summary>
    protected abstract TState Apply(TState current, StoredEvent stored);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => pump.RunAsync(
        _ => Task.FromResult(0L),
        (stored, _) =>
        {
            state = Apply(state, stored);
            return Task.CompletedTask;
        },
        (_, _) => Task.CompletedTask,
        stoppingToken);
}
