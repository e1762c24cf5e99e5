using Microsoft.Extensions.Hosting;

namespace Moss.Sandboxes;

/// <summary>Removes at start what sandboxes of a killed Moss left.</summary>
internal sealed class SandboxCleaning(SandboxSweep sweep) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => sweep.RunAsync();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
