using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moss.CodingAgents.Sessions;
using Moss.ServiceDefaults.Stages;
using Moss.Workspaces;

namespace Moss.Implementation;

/// <summary>
/// Removes what a killed run left behind. It runs before any other service starts, the bus among them: a stage that began
/// in between would lose its work tree.
/// </summary>
internal sealed partial class WorkspaceSweep(IWorkspaceWriter workspaces, AgentSession sessions, RunningStages running, ILogger<WorkspaceSweep> logger)
    : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var trees = await workspaces.SweepAsync(running.Keys, cancellationToken);
        var folders = sessions.Sweep();
        if (trees + folders > 0)
        {
            LogSwept(trees, folders);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Removed {Trees} work trees and {Folders} agent folders that a killed run had left")]
    private partial void LogSwept(int trees, int folders);
}
