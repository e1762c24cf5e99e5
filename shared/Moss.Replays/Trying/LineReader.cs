namespace Moss.Replays.Trying;

/// <summary>Splits a stream into lines without ever holding more than one line's limit.</summary>
internal sealed class LineReader(Stream stream, int limit)
{
    private byte[] buffer = new byte[16 * 1024];
    private int start;
    private int end;

    /// <summary>The next line; null at the end of the stream. After <see cref="Line.TooLong"/> nothing more can be read.</summary>
    public async ValueTask<Line?> ReadAsync(CancellationToken cancellationToken)
    {
        var scanned = 0;
        while (true)
        {
            var at = buffer.AsSpan(start + scanned, end - start - scanned).IndexOf((byte)'\n');
            if (at >= 0)
            {
                var line = buffer.AsMemory(start, scanned + at);
                start += scanned + at + 1;
                return line.Length > limit ? new Line.TooLong() : new Line.Complete(line);
            }

            scanned = end - start;
            if (scanned > limit)
            {
                return new Line.TooLong();
            }

            Room();
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
            if (read == 0)
            {
                return scanned > 0 ? new Line.Complete(buffer.AsMemory(start, scanned)) : null;
            }

            end += read;
        }
    }

    private void Room()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    internal abstract record Line
    {
        private Line() { }

        /// <summary>Valid until the next read.</summary>
        public sealed record Complete(ReadOnlyMemory<byte> Bytes) : Line;

        public sealed record TooLong : Line;
    }
}
