using Microsoft.Extensions.Hosting;

namespace Moss.ServiceDefaults.Stages;

/// <summary>
/// Cancels what runs as soon as the process is asked to stop. The bus waits for its consumers, and an agent may take an hour;
/// what was cancelled is asked for again when the process is back.
/// </summary>
internal sealed class StageStopping(RunningStages running) : IHostedLifecycleService
{
    /// <summary>Before anything is stopped, the bus among it.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        running.Stop();
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
