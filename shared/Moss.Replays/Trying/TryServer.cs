using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;

namespace Moss.Replays.Trying;

/// <summary>
/// Serves <see cref="TryProtocol"/> on a unix socket for as long as a lease lasts. Disposing it ends every replay that runs
/// and removes the socket.
/// </summary>
public sealed class TryServer : IAsyncDisposable
{
    private const int MaximumConnections = 64;

    private readonly Socket listener;
    private readonly TryLease lease;
    private readonly TryDesk desk;
    private readonly CancellationTokenSource ending;
    private readonly CancellationToken ended;
    private readonly SemaphoreSlim places = new(MaximumConnections);
    private readonly ConcurrentDictionary<Socket, Task> connections = new();
    private readonly Task accepting;
    private int disposed;

    private TryServer(Socket listener, TryLease lease, TryDesk desk, CancellationToken leaseEnds)
    {
        (this.listener, this.lease, this.desk) = (listener, lease, desk);
        ending = CancellationTokenSource.CreateLinkedTokenSource(leaseEnds);
        ended = ending.Token;
        accepting = Task.Run(AcceptAsync, CancellationToken.None);
    }

    /// <summary>Replays that were run so far.</summary>
    public int Replays => desk.Replays;

    /// <summary>Listens when it returns.</summary>
    /// <param name="lease">What may be tried.</param>
    /// <param name="replayer">Runs the trials.</param>
    /// <param name="leaseEnds">Ends every replay; the server must still be disposed.</param>
    public static TryServer Start(TryLease lease, IReplayer replayer, CancellationToken leaseEnds)
    {
        File.Delete(lease.SocketPath);
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(lease.SocketPath));
            listener.Listen(MaximumConnections);
            return new(listener, lease, new TryDesk(lease, replayer), leaseEnds);
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
        {
            return;
        }

        await ending.CancelAsync();
        listener.Dispose();
        await accepting;
        await Task.WhenAll(connections.Values);
        desk.Dispose();
        places.Dispose();
        ending.Dispose();
        File.Delete(lease.SocketPath);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                await places.WaitAsync(ended);
                var connection = await listener.AcceptAsync(ended);
                var served = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                connections[connection] = served.Task;
                _ = Task.Run(() => ServeAsync(connection, served), CancellationToken.None);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The lease ended.
        }
    }

    private async Task ServeAsync(Socket connection, TaskCompletionSource served)
    {
        try
        {
            await using var stream = new NetworkStream(connection, ownsSocket: true);
            var lines = new LineReader(stream, TryProtocol.MaximumRequestBytes);
            while (await lines.ReadAsync(ended) is { } line)
            {
                var response = line switch
                {
                    LineReader.Line.Complete complete => await desk.AnswerAsync(complete.Bytes, ended),
                    _ => TryDesk.Refuse($"a request is one line of at most {TryProtocol.MaximumRequestBytes:N0} bytes; send fewer or smaller overlay files"),
                };
                await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(response, TryProtocol.Json), ended);
                await stream.WriteAsync("\n"u8.ToArray(), ended);
                if (line is LineReader.Line.TooLong)
                {
                    break;
                }
            }
        }
        catch (Exception over) when (over is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The other side has gone, or the lease ended.
        }
        finally
        {
            connections.TryRemove(connection, out _);
            served.SetResult();
            Release();
        }
    }

    private void Release()
    {
        try
        {
            places.Release();
        }
        catch (ObjectDisposedException)
        {
            // Disposed between the last connection's end and this line.
        }
    }
}
