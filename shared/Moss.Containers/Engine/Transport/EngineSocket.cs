using System.Net.Sockets;

namespace Moss.Containers.Engine.Transport;

/// <summary>Connects to the daemon.</summary>
internal static class EngineSocket
{
    /// <exception cref="EngineException">Nobody listens there, or this user may not connect.</exception>
    public static async Task<Socket> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return socket;
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            socket.Dispose();
            throw new EngineException(
                EngineFailure.Unreachable,
                $"The container engine does not answer at {path}: {exception.Message}. Is the daemon running, and may this user write to its socket?",
                exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
