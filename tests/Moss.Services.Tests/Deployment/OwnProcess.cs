using System.Collections.Immutable;
using Moss.Deployment.Instances;
using Moss.Domain.Promotion;

namespace Moss.Services.Tests.Deployment;

/// <summary>The test process stands for the instance.</summary>
internal sealed class OwnProcess : IInstanceHost
{
    public bool Lives(Instance instance, InstanceProcess? known) => true;

    public ImmutableArray<int> ProcessesOf(Instance instance, InstanceProcess? known) => [Environment.ProcessId];

    public InstanceProcess? Find(Instance instance) => new(Environment.ProcessId, 1, "boot");

    public Task<InstanceStart> StartAsync(InstanceLaunch launch) => throw new InvalidOperationException("it runs");

    public Task StopAsync(Instance instance, InstanceProcess? known) => throw new InvalidOperationException("it goes on");

    public Task EndOfAsync(InstanceProcess process, CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
}
