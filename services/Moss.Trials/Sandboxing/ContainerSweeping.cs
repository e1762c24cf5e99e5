using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Moss.Trials.Sandboxing;

/// <summary>Removes what killed runners left at the engine: at start, and now and then, since others may be killed while this one lives.</summary>
internal sealed partial class ContainerSweeping(SandboxesOptions options, Lazy<TrialContainers> containers, TimeProvider time, ILogger<ContainerSweeping> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.RunsContainers)
        {
            return;
        }

        while (true)
        {
            await SweepAsync(containers.Value, stoppingToken);
            await Task.Delay(options.SweepInterval, time, stoppingToken);
        }
    }

    private async Task SweepAsync(TrialContainers found, CancellationToken stoppingToken)
    {
        try
        {
            var (removed, images) = (await found.Containers.RunAsync(stoppingToken), await found.OldImages.RunAsync(stoppingToken));
            if (removed + images > 0)
            {
                LogSwept(removed, images);
            }
        }
#pragma warning disable CA1031 // The engine or the store may be away for a while: the next sweep tries again.
        catch (Exception away) when (away is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogAway(away.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Removed {Containers} containers and {Images} images that nobody needs any more")]
    private partial void LogSwept(int containers, int images);

    [LoggerMessage(LogLevel.Warning, "What killed runners left could not be looked for: {Reason}")]
    private partial void LogAway(string reason);
}
