using System.Buffers.Binary;
using Moss.Containers.Engine.Transport;

namespace Moss.Containers.Engine.Streams;

/// <summary>
/// Takes the two output streams of a container apart. The engine sends them in frames of one stream each: a byte that names the
/// stream, three zeros, the length in four bytes, then the bytes.
/// </summary>
internal static class OutputFrames
{
    private const int HeadLength = 8;
    private const int ChunkSize = 32 * 1024;
    private const byte StandardError = 2;
    private const byte EngineError = 3;
    private const int LongestMessage = 4 * 1024;

    /// <summary>Reads to the end. A frame is never held as a whole, whatever length it claims.</summary>
    public static async Task CopyAsync(Stream source, IOutputSink sink, CancellationToken cancellationToken)
    {
        var head = new byte[HeadLength];
        var chunk = new byte[ChunkSize];
        try
        {
            while (await source.ReadAtLeastAsync(head, HeadLength, throwOnEndOfStream: false, cancellationToken) is var read and > 0)
            {
                if (read < HeadLength || head[0] > EngineError || head[1] != 0 || head[2] != 0 || head[3] != 0)
                {
                    throw new EngineException(EngineFailure.ServerError, "The output of the container did not come in frames.");
                }

                var length = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(4));
                if (head[0] == EngineError)
                {
                    throw await MessageAsync(source, (int)Math.Min(length, LongestMessage), cancellationToken);
                }

                await CopyFrameAsync(source, head[0] == StandardError, length, chunk, sink, cancellationToken);
            }
        }
        catch (Exception exception) when (EngineLoss.Is(exception))
        {
            throw EngineLoss.Of(exception, "the output of a container");
        }
    }

    /// <summary>Reads to the end what comes without frames, as the one stream of a container with a terminal does.</summary>
    public static async Task CopyUnframedAsync(Stream source, Stream destination, CancellationToken cancellationToken)
    {
        var chunk = new byte[ChunkSize];
        try
        {
            while (await source.ReadAsync(chunk, cancellationToken) is var read and > 0)
            {
                destination.Write(chunk.AsSpan(0, read));
            }
        }
        catch (Exception exception) when (EngineLoss.Is(exception))
        {
            throw EngineLoss.Of(exception, "the output of a container");
        }
    }

    private static async Task CopyFrameAsync(Stream source, bool isError, uint length, byte[] chunk, IOutputSink sink, CancellationToken cancellationToken)
    {
        for (var left = length; left > 0;)
        {
            var read = await source.ReadAsync(chunk.AsMemory(0, (int)Math.Min(left, ChunkSize)), cancellationToken);
            if (read == 0)
            {
                throw new EndOfStreamException("it ended within a frame");
            }

            sink.Write(isError, chunk.AsSpan(0, read));
            left -= (uint)read;
        }
    }

    private static async Task<EngineException> MessageAsync(Stream source, int length, CancellationToken cancellationToken)
    {
        var message = new byte[length];
        await source.ReadExactlyAsync(message, cancellationToken);
        return new EngineException(EngineFailure.ServerError, System.Text.Encoding.UTF8.GetString(message));
    }
}

/// <summary>Takes the output of a container as it comes.</summary>
internal interface IOutputSink
{
    /// <summary>Called from one thread at a time.</summary>
    void Write(bool isError, ReadOnlySpan<byte> bytes);
}
