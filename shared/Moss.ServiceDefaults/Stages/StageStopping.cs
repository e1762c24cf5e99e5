using Microsoft.Extensions.Hosting;

namespace Moss.ServiceDefaults.Stages;

/// <summary>
/// Cancels what runs as soon as the process is asked to stop. The bus waits for its consumers, and an agent may take an hour;
/// what was cancelled is asked for again when the process is back.
/// </summary>
internal sealed class StageStopping(RunningStages running, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(running.Stop);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
