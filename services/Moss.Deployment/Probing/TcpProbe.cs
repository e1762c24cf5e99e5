using System.Net;
using System.Net.Sockets;

namespace Moss.Deployment.Probing;

/// <summary>A connection to the loopback port is accepted.</summary>
internal static class TcpProbe
{
    public static async Task<ProbeVerdict> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return new ProbeVerdict(true, $"tcp {port} accepted");
        }
        catch (SocketException refused)
        {
            return new ProbeVerdict(false, $"tcp {port} failed: {refused.Message}");
        }
    }
}
