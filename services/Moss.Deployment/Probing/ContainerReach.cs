using System.Collections.Concurrent;
using System.Net;
using Moss.Containers.Engine;
using Moss.Deployment.Instances;
using Moss.Deployment.Instances.Containers;
using Moss.Substrates;

namespace Moss.Deployment.Probing;

/// <summary>Probes of a container.</summary>
internal sealed class ContainerReach(IInstanceEngine engine, ContainerFinder finder, ContainerPlace place, TimeProvider clock) : IInstanceReach
{
    // The engine cannot end a command: one that hangs is not joined by a second one.
    private readonly ConcurrentDictionary<string, string> hanging = new(StringComparer.Ordinal);

    public async Task<IPAddress?> AddressAsync(InstanceLaunch launch, CancellationToken cancellationToken)
    {
        try
        {
            return await finder.NameAsync(launch.Instance, cancellationToken) is { } name && await engine.FindAsync(name, cancellationToken) is { } container
                ? await place.AddressAsync(launch.Instance, container, cancellationToken)
                : null;
        }
        catch (Exception broken) when (broken is HostAwayException or EngineException)
        {
            return null;
        }
    }

    public async Task<ProbeVerdict> ExecAsync(Probe.Exec probe, InstanceLaunch launch, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(probe.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await finder.NameAsync(launch.Instance, both.Token) is { } name
                ? await RunAsync(probe, name, both.Token)
                : new ProbeVerdict(false, $"exec {probe.Command[0]}: there is no container");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ExecProbe.TooSlow(probe);
        }
        catch (Exception broken) when (broken is HostAwayException or EngineException)
        {
            return new ProbeVerdict(false, $"exec {probe.Command[0]} could not be started: {broken.Message}");
        }
    }

    public async Task<ProbeVerdict> HeartbeatAsync(Probe.Heartbeat probe, InstanceLaunch launch, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (HeartbeatProbe.PathBelow(launch.StateFolder.TrimEnd('/'), probe) is not { } path)
        {
            return HeartbeatProbe.Outside(probe);
        }

        try
        {
            var name = await finder.NameAsync(launch.Instance, cancellationToken);
            var file = name is null ? null : await engine.StatAsync(name, path, cancellationToken);
            return HeartbeatProbe.Judge(probe, file is { LinkTarget: null or "" } ? file.Mtime : null, since, clock.GetUtcNow());
        }
        catch (Exception broken) when (broken is HostAwayException or EngineException)
        {
            return new ProbeVerdict(false, $"heartbeat {probe.File} could not be read: {broken.Message}");
        }
    }

    public async Task<ProbeVerdict> EngineAsync(InstanceLaunch launch, CancellationToken cancellationToken)
    {
        try
        {
            var health = await finder.HealthAsync(launch.Instance, cancellationToken);
            return new ProbeVerdict(health == "healthy", $"the engine says: {health ?? "no check is declared"}");
        }
        catch (Exception broken) when (broken is HostAwayException or EngineException)
        {
            return new ProbeVerdict(false, $"the engine does not say how it is: {broken.Message}");
        }
    }

    private async Task<ProbeVerdict> RunAsync(Probe.Exec probe, string container, CancellationToken cancellationToken)
    {
        var key = $"{container} {string.Join('\0', probe.Command)}";
        if (hanging.TryGetValue(key, out var earlier) && await engine.CommandAsync(earlier, cancellationToken) is { Running: true })
        {
            return new ProbeVerdict(false, $"exec {probe.Command[0]} of an earlier round has not ended yet");
        }

        var command = await engine.MakeCommandAsync(container, probe.Command, cancellationToken);
        hanging[key] = command;
        var output = await engine.RunCommandAsync(command, ExecProbe.OutputLimit, cancellationToken);
        var code = (await engine.CommandAsync(command, cancellationToken))?.ExitCode;
        hanging.TryRemove(key, out _);
        return code == 0
            ? new ProbeVerdict(true, $"exec {probe.Command[0]} exited with 0")
            : ExecProbe.Failed(probe, code ?? -1, output.Output, output.Error);
    }
}
