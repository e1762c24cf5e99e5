using Moss.Containers.Engine.Transport;

namespace Moss.Containers.Engine;

/// <summary>
/// The part of the Docker Engine API that Moss uses, over the daemon's unix socket. Every call fails with
/// <see cref="EngineException"/> and nothing else, but for the cancellation of its token. Safe for many callers at once.
/// </summary>
public sealed class EngineClient : IDisposable
{
    private readonly EngineTransport transport;

    /// <summary>Connects when the first call is made.</summary>
    public EngineClient(EngineOptions options, TimeProvider time)
    {
        transport = new EngineTransport(options, time);
        System = new EngineSystem(transport);
        Containers = new EngineContainers(transport);
        Images = new EngineImages(transport);
        Networks = new EngineNetworks(transport);
        Volumes = new EngineVolumes(transport);
        Commands = new EngineCommands(transport);
    }

    /// <summary>The daemon itself and what it tells of its doings.</summary>
    public EngineSystem System { get; }

    /// <summary>Containers, and what goes into and comes out of them.</summary>
    public EngineContainers Containers { get; }

    /// <summary>Images on the daemon's machine.</summary>
    public EngineImages Images { get; }

    /// <summary>Networks between containers.</summary>
    public EngineNetworks Networks { get; }

    /// <summary>Folders that outlive containers.</summary>
    public EngineVolumes Volumes { get; }

    /// <summary>Commands within running containers.</summary>
    public EngineCommands Commands { get; }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => transport.Dispose();
}
