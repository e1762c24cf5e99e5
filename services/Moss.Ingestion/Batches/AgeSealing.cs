using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moss.Domain.Evidence;
using Moss.EventStore;
using Moss.ServiceDefaults.Hosting;

namespace Moss.Ingestion.Batches;

/// <summary>
/// Seals batches that have waited long enough. When one is due follows from its first event, so a restart forgets nothing.
/// </summary>
internal sealed partial class AgeSealing(
    BatchIndex index, BatchStreams streams, IngestionOptions options, TimeProvider clock, ILogger<AgeSealing> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeatedly.RunAsync(Interval, clock, logger, "sealing of batches by age", SealAsync, stoppingToken);

    private async Task SealAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var (batch, openedAt) in (await index.CaughtUpAsync(cancellationToken)).Open)
        {
            if (now - openedAt >= options.MaximumAge
                && await streams.LoadAsync(batch, cancellationToken) is var loaded && loaded.Batch.IsOld(now, options.MaximumAge))
            {
                await SealAsync(batch, loaded, cancellationToken);
            }
        }
    }

    private async Task SealAsync(Guid batch, LoadedBatch loaded, CancellationToken cancellationToken)
    {
        try
        {
            await streams.AppendAsync(batch, loaded, "ingestion", [new BatchSealed("age")], cancellationToken);
            LogSealed(batch, loaded.Batch.Evidence.Length);
        }
        catch (WrongExpectedVersionException)
        {
            // Evidence came or somebody sealed it just now: it is looked at again in a minute.
        }
    }

    [LoggerMessage(LogLevel.Information, "batch {Batch} is sealed by its age with {Count} pieces of evidence")]
    private partial void LogSealed(Guid batch, int count);
}
