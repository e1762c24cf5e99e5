using Moss.Containers.Engine.Streams;
using Moss.Containers.Engine.Transport;

namespace Moss.Containers.Engine.Containers;

/// <summary>The streams of one container.</summary>
internal sealed class ContainerAttachment(EngineConnection connection) : IAsyncDisposable
{
    /// <summary>Reads what it writes until it ends.</summary>
    public Task ReadAsync(IOutputSink sink, CancellationToken cancellationToken) => OutputFrames.CopyAsync(connection.Stream, sink, cancellationToken);

    /// <summary>Writes to its standard input and closes it. What it does not read before it ends is lost without a word.</summary>
    public async Task FeedAsync(ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            await connection.Stream.WriteAsync(input, cancellationToken);
            connection.EndOfInput();
        }
        catch (Exception exception) when (EngineLoss.Is(exception) || exception is OperationCanceledException or ObjectDisposedException)
        {
            // It ended first.
        }
    }

    /// <summary>Lets go; the container goes on.</summary>
    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
