using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Moss.Services.Tests.Deployment;

/// <summary>A server that says whatever a test wants, byte by byte.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly Task serving;
    private int asked;

    public RawServer(Func<NetworkStream, CancellationToken, Task> answer)
    {
        listener.Start();
        serving = Task.Run(() => ServeAsync(answer));
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Asked => Volatile.Read(ref asked);

    public static RawServer Says(string answer) => new((stream, token) => stream.WriteAsync(Encoding.ASCII.GetBytes(answer), token).AsTask());

    public static RawServer Status(string status, string headers = "") => Says($"HTTP/1.1 {status}\r\n{headers}Content-Length: 2\r\n\r\nok");

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await serving;
        ending.Dispose();
    }

    private async Task ServeAsync(Func<NetworkStream, CancellationToken, Task> answer)
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(ending.Token);
                Interlocked.Increment(ref asked);
                await using var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[4096], ending.Token);
                await answer(stream, ending.Token);
            }
            catch (Exception over) when (over is OperationCanceledException or IOException or SocketException)
            {
                // The client had enough, or the test ended.
            }
        }
    }
}
