using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Moss.Processes.Native;

namespace Moss.Processes.Launching;

/// <summary>Reads one stream of a child to its end: keeps the first bytes, drops the rest, never makes the child wait.</summary>
internal sealed unsafe class OutputCapture(int descriptor, int limit, Action ended) : IPolled
{
    private const int ChunkSize = 64 * 1024;

    [ThreadStatic]
    private static byte[]? chunk;

    private readonly ArrayBufferWriter<byte> kept = new();
    private long seen;

    public int Descriptor => descriptor;

    public PollInterest Interest => PollInterest.Readable;

    /// <summary>Bytes that have come so far, kept or not; readable from any thread.</summary>
    public long Seen => Volatile.Read(ref seen);

    public bool Truncated { get; private set; }

    public string Text => Encoding.UTF8.GetString(kept.WrittenSpan);

    public bool Progress()
    {
        chunk ??= new byte[ChunkSize];
        nint count;
        fixed (byte* start = chunk)
        {
            count = Libc.Read(descriptor, start, ChunkSize);
        }

        if (count < 0)
        {
            return Marshal.GetLastPInvokeError() is Libc.WouldBlock or Libc.Interrupted;
        }

        Keep(chunk.AsSpan(0, (int)count));
        return count > 0;
    }

    public void Close()
    {
        _ = Libc.Close(descriptor);
        ended();
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var room = Math.Min(limit - kept.WrittenCount, bytes.Length);
        Volatile.Write(ref seen, seen + bytes.Length);
        Truncated |= room < bytes.Length;
        kept.Write(bytes[..room]);
    }
}
