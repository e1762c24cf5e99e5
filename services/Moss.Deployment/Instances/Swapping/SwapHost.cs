using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Moss.Containers.Engine;
using Moss.Deployment.Instances.Containers;
using Moss.Deployment.Instances.Swapping.Rehearsing;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Instances.Swapping;

/// <summary>
/// Instances that take the place of a container that Moss did not make: its name, its ports, its networks and its volumes. Each is a
/// container of its own; those that have lost the place stay beside it, stopped, until nobody can want them back.
/// </summary>
internal sealed class SwapHost(
    ISwapEngine engine, ContainerInstanceHost containers, SwapLogs logs, SwapPlaces places, StateCopies copies, Rehearsals rehearsals, DeploymentFolders folders, IOptions<DeploymentOptions> options, TimeProvider clock)
    : IInstanceHost
{
    private static readonly JsonObject Never = new() { ["Name"] = "no" };

    public bool HasEngine => true;

    public Task ReadyAsync(CancellationToken cancellationToken) => containers.ReadyAsync(cancellationToken);

    public async Task<bool> LivesAsync(Instance instance, InstanceProcess? known, CancellationToken cancellationToken) =>
        await places.FindAsync(instance, cancellationToken) is { Runs: true };

    public async Task<InstanceProcess?> FindAsync(Instance instance, CancellationToken cancellationToken) =>
        await places.FindAsync(instance, cancellationToken) is { Runs: true } container ? Process(container) : null;

    // The engine itself says so when a port is taken, before anything is stopped: it keeps its own table.
    public Task<string?> StrangerOnAsync(int port, Instance? ours, InstanceProcess? known, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>
    /// What the engine starts by itself Moss starts where the engine did not: one that was killed leaves containers behind. It is looked
    /// for when Moss starts and when the engine comes back; in between what a person stopped stays stopped.
    /// </summary>
    public async Task<bool> IsOursToRepairAsync(Instance instance, bool first, CancellationToken cancellationToken) => first
        && (await places.FindAsync(instance, cancellationToken) is null
            || JsonNode.Parse(instance.Recipe!.RestartPolicy)?["Name"]?.GetValue<string>() is "always" or "unless-stopped");

    public async Task<string?> MakeAsync(InstanceLaunch launch)
    {
        try
        {
            return await places.MakeAsync(launch) is { } ? null : "the container was removed as it was made";
        }
        catch (EngineException refused)
        {
            return refused.Message;
        }
    }

    public async Task ArmAsync(Instance instance)
    {
        var wished = JsonNode.Parse(instance.Recipe!.RestartPolicy)!;
        if (await places.FindAsync(instance, CancellationToken.None) is not { } container)
        {
            return;
        }

        if (container.RestartPolicy != wished["Name"]?.GetValue<string>())
        {
            await engine.SetRestartPolicyAsync(container.Id, wished);
        }

        await places.LeaveToComposeAsync(instance, container);
    }

    public async Task<InstanceStart> StartAsync(InstanceLaunch launch)
    {
        try
        {
            if (await places.MakeAsync(launch) is not { } container)
            {
                return new InstanceStart.Refused("the container was removed as it was made");
            }

            if (await places.WriterBesideAsync(launch.Instance, container, CancellationToken.None) is { } writer)
            {
                return new InstanceStart.Refused($"container {writer.Name} runs in this place; stop it: docker stop {writer.Name}");
            }

            await places.TakeAsync(launch.Instance, container);
            await engine.StartAsync(container.Id);
            return await engine.FindAsync(container.Id, CancellationToken.None) is { } started
                ? new InstanceStart.Running(Process(started))
                : new InstanceStart.Refused("the container was removed as it started");
        }
        catch (EngineException refused)
        {
            return new InstanceStart.Refused(refused.Message);
        }
    }

    public async Task StopAsync(Instance instance, InstanceProcess? known)
    {
        try
        {
            if (await places.FindAsync(instance, CancellationToken.None) is not { } container)
            {
                return;
            }

            // An engine that restarts would start it again, beside whoever has the place then.
            if (container.RestartPolicy != "no")
            {
                await engine.SetRestartPolicyAsync(container.Id, Never);
            }

            if (container.StartedAt is null && container.Id != instance.Recipe!.Adopted)
            {
                // A start that is still on its way finds nothing then.
                await engine.RemoveAsync(container.Id);
                return;
            }

            if (container.Runs)
            {
                await engine.StopAsync(container.Id, container.Grace ?? instance.Grace);
            }

            await logs.KeepAsync(SwapPlaces.SubstrateOf(instance), instance, container, CancellationToken.None);
        }
        catch (EngineException refused)
        {
            throw new IOException($"the container of {instance.Marker} could not be stopped: {refused.Message}", refused);
        }
    }

    public async Task EndOfAsync(Instance instance, InstanceProcess process, CancellationToken cancellationToken)
    {
        try
        {
            await engine.EndOfAsync(process.Container!, cancellationToken);
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
            if (await places.FindAsync(instance, cancellationToken) is { } container)
            {
                await logs.KeepAsync(substrate, instance, container, cancellationToken);
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
        if (current?.Recipe is null)
        {
            return;
        }

        try
        {
            var kept = clock.GetUtcNow() - options.Value.KeepReplaced;
            foreach (var left in await engine.NamedAsync(SwapNames.Beside(current.Recipe.Name), cancellationToken))
            {
                if (!left.Runs && (left.StartedAt is null || left.EndedAt < kept) && left.Id != current.Recipe.Adopted)
                {
                    await engine.RemoveAsync(left.Id);
                }
            }

            await copies.ForgetAsync(substrate, current, kept, cancellationToken);
            await rehearsals.ForgetAsync(substrate, cancellationToken);
        }
        catch (EngineException refused)
        {
            throw new IOException(refused.Message, refused);
        }
    }

    // Its volumes were there before Moss was.
    public Task ForgetStateAsync(string substrate, CancellationToken cancellationToken) => Task.CompletedTask;

    private static InstanceProcess Process(SwapContainer container) => new(container.Pid, container.StartedAt?.UtcTicks ?? 0, "") { Container = container.Id };
}
