using Moss.Containers.Engine;
using Moss.Containers.Engine.Containers;
using Moss.Containers.Engine.Streams;
using Moss.Deployment.Instances.Containers;
using Moss.Domain.Watching;

namespace Moss.Services.Tests.Deployment.Containers;

/// <summary>An engine whose user may be killed before and after everything that changes something; the containers live on.</summary>
internal sealed class KillableEngine(IInstanceEngine engine, KillSwitch kill) : IInstanceEngine
{
    public Task PingAsync(CancellationToken cancellationToken) => engine.PingAsync(cancellationToken);

    public Task<bool> RunsUsAsync(CancellationToken cancellationToken) => engine.RunsUsAsync(cancellationToken);

    public Task<SeenContainer?> FindAsync(string name, CancellationToken cancellationToken) => engine.FindAsync(name, cancellationToken);

    public Task<IReadOnlyList<SeenContainer>> ListAsync(IReadOnlyCollection<string> labels, CancellationToken cancellationToken) =>
        engine.ListAsync(labels, cancellationToken);

    public Task<EngineMemory> RememberAsync(string container, DateTimeOffset until, CancellationToken cancellationToken) =>
        engine.RememberAsync(container, until, cancellationToken);

    public Task MakeVolumeAsync(string name, IReadOnlyDictionary<string, string> labels) => PassAsync(() => engine.MakeVolumeAsync(name, labels));

    public Task RemoveVolumeAsync(string name) => PassAsync(() => engine.RemoveVolumeAsync(name));

    public Task MakeAsync(string name, ContainerSpec spec) => PassAsync(() => engine.MakeAsync(name, spec));

    public Task StartAsync(string name) => PassAsync(() => engine.StartAsync(name));

    public Task SignalAsync(string name, string signal) => PassAsync(() => engine.SignalAsync(name, signal));

    public Task EndOfAsync(string name, CancellationToken cancellationToken) => engine.EndOfAsync(name, cancellationToken);

    public Task RemoveAsync(string name) => PassAsync(() => engine.RemoveAsync(name));

    public Task CopyLogsAsync(string name, Stream destination, CancellationToken cancellationToken) => engine.CopyLogsAsync(name, destination, cancellationToken);

    public Task<ContainerFile?> StatAsync(string name, string path, CancellationToken cancellationToken) => engine.StatAsync(name, path, cancellationToken);

    public Task<string> MakeCommandAsync(string name, IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        engine.MakeCommandAsync(name, command, cancellationToken);

    public Task<ContainerOutput> RunCommandAsync(string command, int bytes, CancellationToken cancellationToken) =>
        engine.RunCommandAsync(command, bytes, cancellationToken);

    public Task<CommandState?> CommandAsync(string command, CancellationToken cancellationToken) => engine.CommandAsync(command, cancellationToken);

    private async Task PassAsync(Func<Task> effect)
    {
        kill.Pass();
        await effect();
        kill.Pass();
    }
}
