using System.Net;
using System.Net.Sockets;

namespace Moss.Testing;

/// <summary>
/// Ports of this machine that stay free until they are used. The kernel deals port 0 and outgoing connections from 32768 on, so
/// a port from there may be gone again before the program that was told it listens; these lie below and no two callers get the same.
/// </summary>
public static class FreePorts
{
    private const int First = 15_000;
    private const int Count = 15_000;

    private static int next = Environment.ProcessId * 131 % Count;

    public static int Take()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref next) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"no port from {First} to {First + Count - 1} is free");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
