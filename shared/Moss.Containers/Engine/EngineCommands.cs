using Moss.Containers.Engine.Streams;
using Moss.Containers.Engine.Transport;

namespace Moss.Containers.Engine;

/// <summary>Commands within running containers.</summary>
public sealed class EngineCommands
{
    private readonly EngineTransport transport;

    internal EngineCommands(EngineTransport transport) => this.transport = transport;

    /// <summary>Makes one ready, with the environment, the user and the folder of the container; it is not started.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="EngineException">The container does not run (<see cref="EngineFailure.Conflict"/>) or is not there.</exception>
    public async Task<string> CreateAsync(string container, IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        (await transport.ReadAsync<Created>(
            EngineCall.Post("containers", container, "exec").WithJson(new { Cmd = command, AttachStdout = true, AttachStderr = true }), cancellationToken)).Id;

    /// <summary>Starts it and reads what it writes until it ends.</summary>
    /// <param name="command">Its id.</param>
    /// <param name="bytes">Bytes kept of each stream.</param>
    /// <param name="cancellationToken">Lets go of it; the engine has no way to end it, so it goes on.</param>
    public async Task<ContainerOutput> RunAsync(string command, int bytes, CancellationToken cancellationToken)
    {
        using var response = await transport.SendAsync(
            EngineCall.Post("exec", command, "start").WithJson(new { Detach = false, Tty = false }), cancellationToken);
        var output = new BoundedOutput(bytes);
        await OutputFrames.CopyAsync(await response.Content.ReadAsStreamAsync(cancellationToken), output, cancellationToken);
        return output.Read();
    }

    /// <summary>How far it has come; null when its container was started anew or removed since.</summary>
    public async Task<CommandState?> InspectAsync(string command, CancellationToken cancellationToken)
    {
        try
        {
            return await transport.ReadAsync<CommandState>(EngineCall.Get("exec", command, "json"), cancellationToken);
        }
        catch (EngineException gone) when (gone.Kind == EngineFailure.NotFound)
        {
            return null;
        }
    }

    private sealed record Created(string Id);
}

/// <summary>How far a command within a container has come.</summary>
/// <param name="Running">Whether it has not ended.</param>
/// <param name="ExitCode">Null until it ended; 126 and 127 when there is no such program.</param>
public sealed record CommandState(bool Running, int? ExitCode);
