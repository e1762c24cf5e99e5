using Moss.Deployment.Instances;
using Moss.Domain.Promotion;

namespace Moss.Services.Tests.Deployment;

/// <summary>The test process stands for the instance.</summary>
internal sealed class OwnProcess : IInstanceHost
{
    public bool HasEngine => false;

    public Task<bool> IsOursToRepairAsync(Instance instance, bool first, CancellationToken cancellationToken) => Task.FromResult(first);

    public Task<string?> MakeAsync(InstanceLaunch launch) => Task.FromResult<string?>(null);

    public Task ArmAsync(Instance instance) => Task.CompletedTask;

    public Task ReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<bool> LivesAsync(Instance instance, InstanceProcess? known, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<InstanceProcess?> FindAsync(Instance instance, CancellationToken cancellationToken) =>
        Task.FromResult<InstanceProcess?>(new(Environment.ProcessId, 1, "boot"));

    public Task<string?> StrangerOnAsync(int port, Instance? ours, InstanceProcess? known, CancellationToken cancellationToken) =>
        Task.FromResult(PortTable.HeldByOther(port, [Environment.ProcessId]));

    public Task<InstanceStart> StartAsync(InstanceLaunch launch) => throw new InvalidOperationException("it runs");

    public Task StopAsync(Instance instance, InstanceProcess? known) => throw new InvalidOperationException("it goes on");

    public Task EndOfAsync(Instance instance, InstanceProcess process, CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

    public Task<string> LogTailAsync(string substrate, Instance instance, int bytes, CancellationToken cancellationToken) => Task.FromResult("");

    public Task TidyAsync(string substrate, Instance? current, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ForgetStateAsync(string substrate, CancellationToken cancellationToken) => Task.CompletedTask;
}
