using System.Globalization;
using Moss.Containers;
using Moss.Containers.Engine;
using Moss.Containers.Engine.Containers;
using Moss.Containers.Engine.Events;
using Moss.Containers.Engine.Streams;
using Moss.Domain.Watching;
using static Moss.Deployment.Instances.Containers.EngineCalls;

namespace Moss.Deployment.Instances.Containers;

/// <summary>A Docker daemon.</summary>
internal sealed class InstanceEngine(EngineClient engine) : IInstanceEngine
{
    private readonly ThisContainer self = new(engine);

    public Task PingAsync(CancellationToken cancellationToken) => AskAsync(() => engine.System.PingAsync(cancellationToken));

    public Task<bool> RunsUsAsync(CancellationToken cancellationToken) => AskAsync(async () => await self.IdAsync(cancellationToken) is not null);

    public Task<SeenContainer?> FindAsync(string name, CancellationToken cancellationToken) =>
        AskAsync(() => MissingIsNullAsync<SeenContainer>(async () => Seen(await engine.Containers.InspectAsync(name, cancellationToken))));

    public Task<IReadOnlyList<SeenContainer>> ListAsync(IReadOnlyCollection<string> labels, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<SeenContainer>>(async () => [.. (await engine.Containers.ListAsync(labels, cancellationToken)).Select(Seen)]);

    public Task<EngineMemory> RememberAsync(string container, DateTimeOffset until, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var past = await engine.System.PastAsync(until, cancellationToken);
        return new EngineMemory([.. past.Where(doing => doing.Type == "container" && doing.Actor.Id == container).Select(Doing)], past.Length < EngineSystem.Remembered);
    });

    public Task MakeVolumeAsync(string name, IReadOnlyDictionary<string, string> labels) =>
        AskAsync(() => engine.Volumes.CreateAsync(name, labels, CancellationToken.None));

    public Task RemoveVolumeAsync(string name) => AskAsync(() => engine.Volumes.RemoveAsync(name, CancellationToken.None));

    public Task MakeAsync(string name, ContainerSpec spec) =>
        AskAsync(() => FineWhenAsync(EngineFailure.Conflict, () => engine.Containers.CreateAsync(name, spec, CancellationToken.None)));

    public Task StartAsync(string name) => AskAsync(() => engine.Containers.StartAsync(name, CancellationToken.None));

    public Task SignalAsync(string name, string signal) =>
        AskAsync(() => FineWhenAsync(EngineFailure.Conflict, () => engine.Containers.KillAsync(name, signal, CancellationToken.None)));

    public Task EndOfAsync(string name, CancellationToken cancellationToken) =>
        AskAsync(() => FineWhenAsync(EngineFailure.NotFound, () => engine.Containers.WaitAsync(name, cancellationToken)));

    public Task RemoveAsync(string name) => AskAsync(() => engine.Containers.RemoveAsync(name, CancellationToken.None));

    public Task CopyLogsAsync(string name, Stream destination, CancellationToken cancellationToken) =>
        AskAsync(() => FineWhenAsync(EngineFailure.NotFound, () => engine.Containers.CopyLogsAsync(name, null, terminal: false, destination, cancellationToken)));

    public Task<ContainerFile?> StatAsync(string name, string path, CancellationToken cancellationToken) =>
        AskAsync(() => engine.Containers.StatAsync(name, path, cancellationToken));

    public Task<string> MakeCommandAsync(string name, IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        AskAsync(() => engine.Commands.CreateAsync(name, command, cancellationToken));

    public Task<ContainerOutput> RunCommandAsync(string command, int bytes, CancellationToken cancellationToken) =>
        AskAsync(() => engine.Commands.RunAsync(command, bytes, cancellationToken));

    public Task<CommandState?> CommandAsync(string command, CancellationToken cancellationToken) =>
        AskAsync(() => engine.Commands.InspectAsync(command, cancellationToken));

    private static EngineDoing Doing(EngineEvent happened) => new(happened.Action, DateTimeOffset.UnixEpoch.AddTicks(happened.TimeNano / TimeSpan.NanosecondsPerTick))
    {
        ExitCode = int.TryParse(happened.Actor.Attributes?.GetValueOrDefault("exitCode"), CultureInfo.InvariantCulture, out var code) ? code : null,
        Signal = happened.Actor.Attributes?.GetValueOrDefault("signal"),
    };

    private static SeenContainer Seen(ContainerDetails container) =>
        new(container.Id, container.Name.TrimStart('/'), container.Config.Labels ?? new Dictionary<string, string>(), container.State.Running)
        {
            Pid = container.State.Pid,
            StartedAt = container.State.StartedAt.Year > 1 ? container.State.StartedAt : null,
            Restarts = container.RestartCount,
            OutOfMemory = container.State.OOMKilled,
            ExitCode = container.State.ExitCode,
            Addresses = (container.NetworkSettings?.Networks ?? new Dictionary<string, NetworkEndpoint>())
                .Where(network => network.Value.IPAddress is { Length: > 0 })
                .ToDictionary(network => network.Key, network => network.Value.IPAddress!, StringComparer.Ordinal),
        };

    private static SeenContainer Seen(ContainerSummary container) =>
        new(container.Id, container.Names.FirstOrDefault("").TrimStart('/'), container.Labels, container.State is "running" or "paused" or "restarting");
}
