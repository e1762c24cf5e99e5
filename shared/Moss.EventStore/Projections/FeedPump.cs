using Microsoft.Extensions.Logging;

namespace Moss.EventStore.Projections;

/// <summary>Drives events from the feed into a handler: in order, one at a time, never past one that fails.</summary>
internal sealed partial class FeedPump(string subscriber, IEventFeed feed, TimeProvider clock, ILogger logger)
{
    private const int Batch = 100;

    private readonly FeedSignal progress = new();

    /// <summary>Position of the last event that was handled.</summary>
    public long Position => progress.Position;

    public Task ReachedAsync(long position, CancellationToken cancellationToken) =>
        Position >= position ? Task.CompletedTask : WaitAsync(position, cancellationToken);

    /// <param name="load">Where to begin.</param>
    /// <param name="handle">Handles one event.</param>
    /// <param name="save">Keeps how far it has come, after each batch and before each pause.</param>
    /// <param name="stopping">Ends the loop; what was handled by then is saved.</param>
    public async Task RunAsync(
        Func<CancellationToken, Task<long>> load, Func<StoredEvent, CancellationToken, Task> handle, Func<long, CancellationToken, Task> save,
        CancellationToken stopping)
    {
        long? position = null;
        long saved = 0;
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                position ??= saved = await load(stopping);
                progress.Reached(position.Value);
                foreach (var stored in await feed.ReadFeedAsync(position.Value, Batch, stopping))
                {
                    await handle(stored, stopping);
                    position = stored.Position;
                    progress.Reached(stored.Position);
                    failures = 0;
                }

                if (position > saved)
                {
                    await save(position.Value, stopping);
                    saved = position.Value;
                }

                await feed.WaitForEventsAsync(position.Value, stopping);
                failures = 0;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // Nothing may end a subscription but the end of the process.
            catch (Exception broken)
#pragma warning restore CA1031
            {
                failures++;
                LogFailed(subscriber, (position ?? 0) + 1, failures, broken);
                saved = await SaveQuietlyAsync(save, position, saved);
                await Task.Delay(BackOff.After(failures), clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await SaveQuietlyAsync(save, position, saved);
    }

    private async Task<long> SaveQuietlyAsync(Func<long, CancellationToken, Task> save, long? position, long saved)
    {
        if (position is not { } reached || reached <= saved)
        {
            return saved;
        }

        try
        {
            await save(reached, CancellationToken.None);
            return reached;
        }
#pragma warning disable CA1031 // An unsaved checkpoint costs a repetition, nothing else.
        catch (Exception broken)
#pragma warning restore CA1031
        {
            LogNotSaved(subscriber, reached, broken);
            return saved;
        }
    }

    private async Task WaitAsync(long position, CancellationToken cancellationToken)
    {
        while (Position < position)
        {
            await progress.WaitAsync(position - 1, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Subscriber} failed at or after position {Position}, attempt {Attempt}; the same event comes again")]
    private partial void LogFailed(string subscriber, long position, int attempt, Exception exception);

    [LoggerMessage(LogLevel.Warning, "{Subscriber} could not save its checkpoint {Position}")]
    private partial void LogNotSaved(string subscriber, long position, Exception exception);
}
