using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moss.ServiceDefaults.Hosting;

namespace Moss.Deployment.Recording;

/// <summary>Tries again what a repository did not take.</summary>
internal sealed class RecordRetries(RecordDesk desk, TimeProvider clock, ILogger<RecordRetries> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeatedly.RunAsync(Every, clock, logger, "writing records", desk.RetryAsync, stoppingToken);
}
