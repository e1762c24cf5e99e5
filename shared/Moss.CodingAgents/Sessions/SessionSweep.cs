using Microsoft.Extensions.Hosting;

namespace Moss.CodingAgents.Sessions;

/// <summary>Throws away what agents of a killed run left, before any other service starts, the bus among them.</summary>
internal sealed class SessionSweep(AgentSession sessions) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        sessions.Sweep();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
