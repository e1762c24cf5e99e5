using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moss.ServiceDefaults.Hosting;

namespace Moss.Trials.Sandboxing;

/// <summary>Removes what killed runners left at the engine: at start, and now and then, since others may be killed while this one lives.</summary>
internal sealed partial class ContainerSweeping(SandboxesOptions options, Lazy<TrialContainers> containers, TimeProvider time, ILogger<ContainerSweeping> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => options.RunsContainers
        ? Repeatedly.RunAsync(options.SweepInterval, time, logger, "looking for what killed runners left", SweepAsync, stoppingToken)
        : Task.CompletedTask;

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        var found = containers.Value;
        var (removed, images) = (await found.Containers.RunAsync(stoppingToken), await found.OldImages.RunAsync(stoppingToken));
        if (removed + images > 0)
        {
            LogSwept(removed, images);
        }
    }

    [LoggerMessage(LogLevel.Information, "Removed {Containers} containers and {Images} images that nobody needs any more")]
    private partial void LogSwept(int containers, int images);
}
