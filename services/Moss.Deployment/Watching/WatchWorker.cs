using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Moss.ServiceDefaults.Hosting;

namespace Moss.Deployment.Watching;

/// <summary>Looks at every substrate again and again. One that hangs or breaks does not keep the others from being looked at.</summary>
internal sealed class WatchWorker(
    DeploymentFolders folders, Watches watches, IOptions<DeploymentOptions> options, TimeProvider clock, ILogger<WatchWorker> logger) : BackgroundService
{
    private readonly Dictionary<string, Task> looking = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(options.Value.WatchInterval, clock);
        try
        {
            do
            {
                Follow(stoppingToken);
            }
            while (await tick.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            await Task.WhenAll(looking.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Follow(CancellationToken stopping)
    {
        foreach (var substrate in folders.Substrates().Where(substrate => !looking.ContainsKey(substrate)))
        {
            looking[substrate] = Repeatedly.RunAsync(
                options.Value.WatchInterval, clock, logger, $"watching {substrate}", token => watches.LookAsync(substrate, token), stopping);
        }
    }
}
