using System.Net;
using System.Net.Sockets;

namespace Moss.Deployment.Probing;

/// <summary>A connection to the port is accepted.</summary>
internal static class TcpProbe
{
    public static async Task<ProbeVerdict> ConnectAsync(IPEndPoint place, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(place, cancellationToken);
            return new ProbeVerdict(true, $"tcp {place.Port} accepted");
        }
        catch (SocketException refused)
        {
            return new ProbeVerdict(false, $"tcp {place.Port} failed: {refused.Message}");
        }
    }
}
