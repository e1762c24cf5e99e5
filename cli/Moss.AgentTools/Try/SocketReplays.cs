using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Moss.AgentTools.Try;

/// <summary>
/// Speaks the try protocol: a JSON object a line each way over a unix socket, one request at a time on a connection, as many
/// connections as there are requests under way.
/// </summary>
internal sealed class SocketReplays(string path) : IReplays
{
    private const int MaximumRequestBytes = 4 * 1024 * 1024;

    private readonly ConcurrentBag<Connection> _idle = [];

    public async Task<TryResponse> ReplayAsync(TryRequest request, CancellationToken cancellationToken)
    {
        var line = JsonSerializer.Serialize(request, Wire.Options);
        if (Encoding.UTF8.GetByteCount(line) > MaximumRequestBytes)
        {
            throw new TryException($"the request is larger than {MaximumRequestBytes} bytes: lay fewer or smaller files over the work tree");
        }

        if (!_idle.TryTake(out var connection))
        {
            connection = await ConnectAsync(cancellationToken);
        }

        try
        {
            var answer = await connection.AskAsync(line, cancellationToken);
            _idle.Add(connection);
            return Read(answer);
        }
        catch (Exception broken) when (broken is IOException or SocketException)
        {
            connection.Dispose();
            throw new TryException($"the scenario runner at {path} went away: {broken.Message}");
        }
        catch (OperationCanceledException)
        {
            connection.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private static TryResponse Read(string answer)
    {
        TryResponse? response;
        try
        {
            response = JsonSerializer.Deserialize<TryResponse>(answer, Wire.Options);
        }
        catch (JsonException malformed)
        {
            throw new TryException($"the scenario runner answered with something that is not a response: {malformed.Message}");
        }

        return response switch
        {
            null => throw new TryException("the scenario runner answered with null"),
            { Error: { Length: > 0 } error } => throw new TryException(error),
            { Results.IsDefault: true } => response with { Results = [] },
            _ => response,
        };
    }

    private async Task<Connection> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new Connection(socket);
        }
        catch (Exception refused) when (refused is SocketException or ArgumentException)
        {
            socket.Dispose();
            throw new TryException($"no scenario runner answers at {path} ({refused.Message}); --socket names another one");
        }
    }

    private sealed class Connection : IDisposable
    {
        private readonly NetworkStream _stream;
        private readonly StreamReader _reader;

        public Connection(Socket socket)
        {
            _stream = new NetworkStream(socket, ownsSocket: true);
            _reader = new StreamReader(_stream, Encoding.UTF8);
        }

        public async Task<string> AskAsync(string line, CancellationToken cancellationToken)
        {
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken);
            return await _reader.ReadLineAsync(cancellationToken) ?? throw new IOException("it closed the connection");
        }

        public void Dispose()
        {
            _reader.Dispose();
            _stream.Dispose();
        }
    }
}
