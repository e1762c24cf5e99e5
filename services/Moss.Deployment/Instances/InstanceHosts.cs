using Moss.Deployment.Instances.Containers;
using Moss.Deployment.Instances.Swapping;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Instances;

/// <summary>Containers: those that Moss makes as it likes, and those that take the place of another one.</summary>
internal sealed class InstanceHosts(ContainerInstanceHost own, SwapHost swaps) : IInstanceHost
{
    public bool HasEngine => true;

    public Task ReadyAsync(CancellationToken cancellationToken) => own.ReadyAsync(cancellationToken);

    public Task<bool> LivesAsync(Instance instance, InstanceProcess? known, CancellationToken cancellationToken) => Of(instance).LivesAsync(instance, known, cancellationToken);

    public Task<InstanceProcess?> FindAsync(Instance instance, CancellationToken cancellationToken) => Of(instance).FindAsync(instance, cancellationToken);

    public Task<string?> StrangerOnAsync(int port, Instance? ours, InstanceProcess? known, CancellationToken cancellationToken) =>
        Of(ours).StrangerOnAsync(port, ours, known, cancellationToken);

    public Task<bool> IsOursToRepairAsync(Instance instance, bool first, CancellationToken cancellationToken) =>
        Of(instance).IsOursToRepairAsync(instance, first, cancellationToken);

    public Task<string?> MakeAsync(InstanceLaunch launch) => Of(launch.Instance).MakeAsync(launch);

    public Task ArmAsync(Instance instance) => Of(instance).ArmAsync(instance);

    public Task<InstanceStart> StartAsync(InstanceLaunch launch) => Of(launch.Instance).StartAsync(launch);

    public Task StopAsync(Instance instance, InstanceProcess? known) => Of(instance).StopAsync(instance, known);

    public Task EndOfAsync(Instance instance, InstanceProcess process, CancellationToken cancellationToken) => Of(instance).EndOfAsync(instance, process, cancellationToken);

    public Task<string> LogTailAsync(string substrate, Instance instance, int bytes, CancellationToken cancellationToken) =>
        Of(instance).LogTailAsync(substrate, instance, bytes, cancellationToken);

    public async Task TidyAsync(string substrate, Instance? current, CancellationToken cancellationToken)
    {
        await own.TidyAsync(substrate, current, cancellationToken);
        await swaps.TidyAsync(substrate, current, cancellationToken);
    }

    public Task ForgetStateAsync(string substrate, CancellationToken cancellationToken) => own.ForgetStateAsync(substrate, cancellationToken);

    private IInstanceHost Of(Instance? instance) => instance?.Recipe is null ? own : swaps;
}
