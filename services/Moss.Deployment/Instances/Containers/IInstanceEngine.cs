using Moss.Containers.Engine;
using Moss.Containers.Engine.Containers;
using Moss.Containers.Engine.Streams;
using Moss.Domain.Watching;

namespace Moss.Deployment.Instances.Containers;

/// <summary>
/// What instances need of a container engine. Every call may be made again. An engine that does not answer is
/// <see cref="HostAwayException"/>, one that refuses is <see cref="EngineException"/>.
/// </summary>
internal interface IInstanceEngine
{
    /// <summary>Succeeds when the engine answers.</summary>
    Task PingAsync(CancellationToken cancellationToken);

    /// <summary>Whether this process itself runs in a container of it.</summary>
    Task<bool> RunsUsAsync(CancellationToken cancellationToken);

    /// <summary>A close look, by name or id; null when there is none.</summary>
    Task<SeenContainer?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Containers that carry all of these labels, running or not.</summary>
    Task<IReadOnlyList<SeenContainer>> ListAsync(IReadOnlyCollection<string> labels, CancellationToken cancellationToken);

    /// <summary>What the engine remembers of a container, which may be gone.</summary>
    /// <param name="container">Its id.</param>
    /// <param name="until">Up to when; now, or before.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<EngineMemory> RememberAsync(string container, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Makes a volume when there is none of that name.</summary>
    Task MakeVolumeAsync(string name, IReadOnlyDictionary<string, string> labels);

    /// <summary>Removes a volume that no container has; fine when there is none.</summary>
    Task RemoveVolumeAsync(string name);

    /// <summary>Makes a container when there is none of that name; it is not started.</summary>
    Task MakeAsync(string name, ContainerSpec spec);

    /// <summary>Starts it; fine when it runs.</summary>
    Task StartAsync(string name);

    /// <summary>Sends a signal to its first process; fine when it does not run.</summary>
    Task SignalAsync(string name, string signal);

    /// <summary>Completes when it does not run, or is not there.</summary>
    Task EndOfAsync(string name, CancellationToken cancellationToken);

    /// <summary>Kills it when it runs and removes it; fine when it is not there.</summary>
    Task RemoveAsync(string name);

    /// <summary>Writes what it printed; fine when it is not there.</summary>
    Task CopyLogsAsync(string name, Stream destination, CancellationToken cancellationToken);

    /// <summary>A file within it; null when it is not there.</summary>
    Task<ContainerFile?> StatAsync(string name, string path, CancellationToken cancellationToken);

    /// <summary>Makes a command within it ready, and returns its id.</summary>
    Task<string> MakeCommandAsync(string name, IReadOnlyList<string> command, CancellationToken cancellationToken);

    /// <summary>Runs a command to its end; cancelled, the command goes on.</summary>
    Task<ContainerOutput> RunCommandAsync(string command, int bytes, CancellationToken cancellationToken);

    /// <summary>How far a command has come; null when it is known no more.</summary>
    Task<CommandState?> CommandAsync(string command, CancellationToken cancellationToken);
}
