using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Moss.Containers.Engine.Transport;

/// <summary>
/// A connection that began as HTTP and became a plain stream. Its own, because the end of what is sent has to reach the other
/// side while the other direction goes on, which no upgraded connection of <see cref="HttpClient"/> can say.
/// </summary>
internal sealed class EngineConnection : IAsyncDisposable
{
    private const int LongestHead = 16 * 1024;
    private const int SwitchingProtocols = 101;
    private const int Done = 200;

    private readonly Socket socket;

    private EngineConnection(Socket socket) => (this.socket, Stream) = (socket, new NetworkStream(socket, ownsSocket: true));

    public NetworkStream Stream { get; }

    public static async Task<EngineConnection> OpenAsync(string path, EngineCall call, string address, CancellationToken cancellationToken)
    {
        var connection = new EngineConnection(await EngineSocket.ConnectAsync(path, cancellationToken));
        try
        {
            var head = $"{call.Method} {address} HTTP/1.1\r\nHost: engine\r\nConnection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: 0\r\n\r\n";
            await connection.Stream.WriteAsync(Encoding.ASCII.GetBytes(head), cancellationToken);
            var answer = await connection.ReadHeadAsync(cancellationToken);
            var status = Status(answer);
            return status is SwitchingProtocols or Done
                ? connection
                : throw EngineRefusal.Of(call, status, await connection.ReadBodyAsync(answer, cancellationToken));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Nothing more will be sent.</summary>
    public void EndOfInput() => socket.Shutdown(SocketShutdown.Send);

    public ValueTask DisposeAsync() => Stream.DisposeAsync();

    /// <summary>Byte by byte, for what follows the empty line belongs to the container.</summary>
    private async Task<string> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var head = new List<byte>(256);
        var one = new byte[1];
        while (head.Count < LongestHead)
        {
            await Stream.ReadExactlyAsync(one, cancellationToken);
            head.Add(one[0]);
            if (head is [.., (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n'])
            {
                return Encoding.ASCII.GetString([.. head]);
            }
        }

        throw new IOException("the head of the answer has no end");
    }

    private async Task<byte[]> ReadBodyAsync(string head, CancellationToken cancellationToken)
    {
        var field = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        var length = int.TryParse(field?.Split(':')[1], CultureInfo.InvariantCulture, out var said) ? Math.Clamp(said, 0, LongestHead) : 0;
        var body = new byte[length];
        await Stream.ReadExactlyAsync(body, cancellationToken);
        return body;
    }

    private static int Status(string head) =>
        head.Split(' ', 3) is [_, var code, _] && int.TryParse(code, CultureInfo.InvariantCulture, out var status)
            ? status
            : throw new IOException("the answer is not HTTP");
}
