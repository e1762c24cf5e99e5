using System.Globalization;
using Microsoft.Extensions.Options;
using Moss.Containers.Engine;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Instances.Containers;

/// <summary>
/// The container target: an instance is a container, made once by the name that its marker gives it. A container that stopped stays
/// until nothing can need it any more.
/// </summary>
internal sealed class ContainerInstanceHost(
    IInstanceEngine engine, ContainerLogs logs, DeploymentFolders folders, IOptions<DeploymentOptions> options, TimeProvider clock)
    : IInstanceHost
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a container may take to end after KILL.</summary>
    private static readonly TimeSpan Dying = TimeSpan.FromSeconds(30);

    /// <summary>How long one that nobody knows any more may take to stop.</summary>
    private static readonly TimeSpan StrayGrace = TimeSpan.FromSeconds(10);

    public bool HasEngine => true;

    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        var since = clock.GetTimestamp();
        while (true)
        {
            try
            {
                await engine.PingAsync(cancellationToken);
                return;
            }
            catch (HostAwayException) when (clock.GetElapsedTime(since) < options.Value.EnginePatience)
            {
                await Task.Delay(Again, clock, cancellationToken);
            }
        }
    }

    public async Task<bool> LivesAsync(Instance instance, InstanceProcess? known, CancellationToken cancellationToken) =>
        await SeeAsync(instance, cancellationToken) is { Runs: true };

    public async Task<InstanceProcess?> FindAsync(Instance instance, CancellationToken cancellationToken) =>
        await SeeAsync(instance, cancellationToken) is { Runs: true } container ? Process(container) : null;

    public async Task<string?> StrangerOnAsync(int port, Instance? ours, InstanceProcess? known, CancellationToken cancellationToken)
    {
        if (port == 0 || (ours?.Port == port && await LivesAsync(ours, known, cancellationToken)))
        {
            return null;
        }

        // From within a container the machine's ports are not seen; there the engine says so when it starts the instance.
        return await engine.RunsUsAsync(cancellationToken) ? null : PortTable.HeldByOther(port, []);
    }

    public Task<bool> IsOursToRepairAsync(Instance instance, bool first, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<string?> MakeAsync(InstanceLaunch launch) => Task.FromResult<string?>(null);

    public Task ArmAsync(Instance instance) => Task.CompletedTask;

    public async Task<InstanceStart> StartAsync(InstanceLaunch launch)
    {
        var name = ContainerNames.Of(launch.Instance);
        try
        {
            await engine.MakeVolumeAsync(ContainerNames.StateOf(launch.Substrate), InstanceContainer.StateLabels(launch.Substrate, folders.Owner()));
            await engine.MakeAsync(name, InstanceContainer.Of(launch, folders.Owner(), options.Value.Network));
            if (await SeeAsync(launch.Instance, CancellationToken.None) is null)
            {
                return new InstanceStart.Refused($"container {name} is somebody else's; remove it: docker rm {name}");
            }

            // The volume has no lock of its own.
            if ((await OfSubstrateAsync(launch.Substrate, CancellationToken.None)).FirstOrDefault(other => other.Runs && other.Name != name) is { } writer)
            {
                return new InstanceStart.Refused($"container {writer.Name} runs on the same state; stop it: docker stop {writer.Name}");
            }

            await engine.StartAsync(name);
            return await SeeAsync(launch.Instance, CancellationToken.None) is { } started
                ? new InstanceStart.Running(Process(started))
                : new InstanceStart.Refused($"container {name} was removed as it started");
        }
        catch (EngineException refused)
        {
            return new InstanceStart.Refused(refused.Message);
        }
    }

    public async Task StopAsync(Instance instance, InstanceProcess? known)
    {
        var name = ContainerNames.Of(instance);
        try
        {
            if (await SeeAsync(instance, CancellationToken.None) is not { } container)
            {
                return;
            }

            if (container.StartedAt is null)
            {
                // A start that is still on its way finds nothing then.
                await engine.RemoveAsync(name);
                return;
            }

            if (container.Runs)
            {
                await EndAsync(name, instance.Grace);
            }

            await logs.KeepAsync(container, CancellationToken.None);
        }
        catch (EngineException refused)
        {
            throw new IOException($"container {name} could not be stopped: {refused.Message}", refused);
        }
    }

    public async Task EndOfAsync(Instance instance, InstanceProcess process, CancellationToken cancellationToken)
    {
        try
        {
            await engine.EndOfAsync(ContainerNames.Of(instance), cancellationToken);
        }
        catch (Exception unwatched) when (unwatched is HostAwayException or EngineException)
        {
            // Whether it lives is asked next, and then it is said.
        }
    }

    public async Task<string> LogTailAsync(string substrate, Instance instance, int bytes, CancellationToken cancellationToken)
    {
        try
        {
            if (await SeeAsync(instance, cancellationToken) is { } container)
            {
                await logs.KeepAsync(container, cancellationToken);
            }
        }
        catch (Exception unread) when (unread is HostAwayException or EngineException)
        {
            // What was kept before is what there is.
        }

        return LogTail.Read(folders.Log(substrate, instance.Marker), bytes);
    }

    public async Task TidyAsync(string substrate, Instance? current, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var left in await OfSubstrateAsync(substrate, cancellationToken))
            {
                if (left.Label(ContainerNames.OwnerLabel) == folders.Owner() && left.Label(ContainerNames.InstanceLabel) != current?.Marker)
                {
                    await RemoveAsync(left, cancellationToken);
                }
            }
        }
        catch (EngineException refused)
        {
            throw new IOException(refused.Message, refused);
        }
    }

    public async Task ForgetStateAsync(string substrate, CancellationToken cancellationToken)
    {
        try
        {
            await engine.RemoveVolumeAsync(ContainerNames.StateOf(substrate));
        }
        catch (EngineException refused)
        {
            throw new IOException(refused.Message, refused);
        }
    }

    private static InstanceProcess Process(SeenContainer container) =>
        new(container.Pid, container.StartedAt?.UtcTicks ?? 0, "") { Container = container.Id };

    private async Task RemoveAsync(SeenContainer left, CancellationToken cancellationToken)
    {
        if (left.Runs)
        {
            await EndAsync(left.Name, StrayGrace);
        }

        await logs.KeepAsync(left, cancellationToken);
        await engine.RemoveAsync(left.Name);
    }

    private async Task EndAsync(string name, TimeSpan grace)
    {
        await engine.SignalAsync(name, "SIGTERM");
        if (!await EndsAsync(name, grace))
        {
            await engine.SignalAsync(name, "SIGKILL");
            if (!await EndsAsync(name, Dying))
            {
                throw new IOException(string.Create(CultureInfo.InvariantCulture, $"container {name} did not end within {Dying.TotalSeconds} s of KILL"));
            }
        }
    }

    private async Task<bool> EndsAsync(string name, TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within, clock);
        try
        {
            await engine.EndOfAsync(name, limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<SeenContainer?> SeeAsync(Instance instance, CancellationToken cancellationToken) =>
        await engine.FindAsync(ContainerNames.Of(instance), cancellationToken) is { } container && ContainerNames.IsInstance(container) ? container : null;

    private async Task<IEnumerable<SeenContainer>> OfSubstrateAsync(string substrate, CancellationToken cancellationToken) =>
        (await engine.ListAsync([$"{ContainerNames.SubstrateLabel}={substrate}", ContainerNames.InstanceLabel], cancellationToken)).Where(ContainerNames.IsInstance);
}
