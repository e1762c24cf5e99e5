using Microsoft.Extensions.Hosting;
using Moss.Containers.Engine;

namespace Moss.Deployment.Instances.Containers;

/// <summary>
/// Notices that the engine came back: the containers that it ran may have ended with it, and it starts none by itself. Its stream
/// of events breaks when it goes away.
/// </summary>
internal sealed class EngineWatch(IInstanceHost host, IServiceProvider services, DeploymentRecovery recovery, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!host.HasEngine || services.GetService(typeof(EngineClient)) is not EngineClient engine)
        {
            return;
        }

        while (true)
        {
            try
            {
                await foreach (var _ in engine.System.EventsAsync([ContainerNames.InstanceLabel], null, stoppingToken))
                {
                    // What happened to a container is asked where it matters.
                }
            }
            catch (EngineException)
            {
                // It is away.
            }

            await Task.Delay(Again, clock, stoppingToken);
            if (await AnswersAsync(stoppingToken))
            {
                await recovery.RecoverAsync(first: true, stoppingToken);
            }
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken stoppingToken)
    {
        try
        {
            await host.ReadyAsync(stoppingToken);
            return true;
        }
        catch (HostAwayException)
        {
            return false;
        }
    }
}
