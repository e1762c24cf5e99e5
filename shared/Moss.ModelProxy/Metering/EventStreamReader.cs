using System.Buffers;

namespace Moss.ModelProxy.Metering;

/// <summary>
/// Finds the data of server-sent events in a stream that comes in pieces of any size. A line that is too long is left out; an event
/// that is not complete at the end never was.
/// </summary>
internal sealed class EventStreamReader(Action<ReadOnlyMemory<byte>> onData)
{
    private const int LongestLine = 8 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> line = new();
    private readonly ArrayBufferWriter<byte> data = new();
    private bool tooLong;
    private bool afterReturn;

    /// <summary>Takes the next piece.</summary>
    public void Feed(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            if (afterReturn)
            {
                afterReturn = false;
                if (piece[0] == '\n')
                {
                    piece = piece[1..];
                    continue;
                }
            }

            var end = piece.IndexOfAny((byte)'\n', (byte)'\r');
            Keep(end < 0 ? piece : piece[..end]);
            if (end < 0)
            {
                return;
            }

            afterReturn = piece[end] == '\r';
            piece = piece[(end + 1)..];
            EndLine();
        }
    }

    private void Keep(ReadOnlySpan<byte> part)
    {
        tooLong |= line.WrittenCount + part.Length > LongestLine;
        if (!tooLong)
        {
            line.Write(part);
        }
    }

    private void EndLine()
    {
        var written = line.WrittenSpan;
        if (!tooLong && written.IsEmpty)
        {
            EndEvent();
        }
        else if (!tooLong && written.StartsWith("data:"u8) && data.WrittenCount + written.Length <= LongestLine)
        {
            if (data.WrittenCount > 0)
            {
                data.Write("\n"u8);
            }

            var value = written["data:".Length..];
            data.Write(value.StartsWith(" "u8) ? value[1..] : value);
        }

        line.ResetWrittenCount();
        tooLong = false;
    }

    private void EndEvent()
    {
        if (data.WrittenCount > 0)
        {
            onData(data.WrittenMemory);
            data.ResetWrittenCount();
        }
    }
}
