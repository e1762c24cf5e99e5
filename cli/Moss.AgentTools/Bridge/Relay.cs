using System.Net.Sockets;

namespace Moss.AgentTools.Bridge;

/// <summary>Gives every connection that comes in one of its own to the socket, and passes bytes on both ways.</summary>
internal sealed class Relay(TcpListener listener, string socketPath)
{
    private const int PieceBytes = 64 * 1024;

    /// <summary>Until it is cancelled; what is connected then is cut off.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var open = new List<Task>();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptSocketAsync(cancellationToken);
                open.RemoveAll(done => done.IsCompleted);
                open.Add(ServeAsync(client, cancellationToken));
            }
            catch (Exception missed) when (missed is OperationCanceledException or SocketException)
            {
                // It is over, or one that came has gone away again.
            }
        }

        await Task.WhenAll(open);
    }

    private async Task ServeAsync(Socket client, CancellationToken cancellationToken)
    {
        using var accepted = client;
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            client.NoDelay = true;
            await server.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
            await Task.WhenAll(PassAsync(client, server, broken), PassAsync(server, client, broken));
        }
        catch (Exception gone) when (gone is OperationCanceledException or SocketException)
        {
            // Both ends see that it is closed.
        }
    }

    /// <summary>One way, until its source has no more. When either way breaks, so does the other.</summary>
    private static async Task PassAsync(Socket source, Socket target, CancellationTokenSource broken)
    {
        try
        {
            var piece = new byte[PieceBytes];
            while (await source.ReceiveAsync(piece, broken.Token) is > 0 and var read)
            {
                for (var sent = 0; sent < read;)
                {
                    sent += await target.SendAsync(piece.AsMemory(sent, read - sent), broken.Token);
                }
            }

            target.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            await broken.CancelAsync();
            throw;
        }
    }
}
